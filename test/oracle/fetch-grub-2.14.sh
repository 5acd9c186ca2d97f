#!/bin/sh
# Fetches grub-emu and grub-mkconfig of GRUB 2.14, the first release with blscfg, from Debian's unstable suite into a cache, and prints the
# path of a program that runs it. The tests that ask it read that path from the variable BOOTMEND_GRUB_EMU_2_14:
#
#     BOOTMEND_GRUB_EMU_2_14=$(test/oracle/fetch-grub-2.14.sh)
#     export BOOTMEND_GRUB_EMU_2_14
#     npx vitest run test/grub/menu
#
# Nothing is installed. Only a package list of this script's own knows the suite, so that nothing can be upgraded from it.
# Needs apt-get, dpkg-deb and Debian's archive keyring; works without root.
set -eu

cache=${XDG_CACHE_HOME:-$HOME/.cache}/bootmend/grub-2.14
if [ -x "$cache/grub-emu" ] && [ -x "$cache/usr/sbin/grub-mkconfig" ]; then
  echo "$cache/grub-emu"
  exit
fi

mkdir -p "$(dirname "$cache")"
work=$(mktemp -d "$cache.XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

apt=$work/apt
mkdir -p "$apt/lists/partial" "$apt/archives/partial"
# The archive that this system itself uses, its security part left out.
mirror=$(apt-get indextargets 'Origin: Debian' --format '$(REPO_URI)' | grep -v security | head -n 1)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$apt/sources.list"
unstable() {
  apt-get -qq -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt" -o Acquire::Languages=none "$@" >&2
}

# The C library comes along, as the host's may be older. SDL does not: it would open a window, is never called, and
# another library of any kind can stand in its place.
unstable update
(cd "$apt" && unstable download grub-emu/sid grub2-common/sid libc6/sid libdevmapper1.02.1/sid)
for package in "$apt"/*.deb; do dpkg-deb -x "$package" "$work"; done
rm -r "$apt"
for library in "$work"/usr/lib/*/libc.so.6; do libraries=${library%/libc.so.6}; done
ln -s libm.so.6 "$libraries/libSDL2-2.0.so.0"

libraries=${libraries#"$work"}
cat >"$work/grub-emu" <<END
#!/bin/sh
here=\${0%/*}
exec "\$here$libraries"/ld-linux* --library-path "\$here$libraries:$libraries" "\$here/usr/bin/grub-emu" "\$@"
END
chmod 755 "$work/grub-emu"
version=$("$work/grub-emu" --version)
case $version in
*' 2.14'*) ;;
*)
  echo "not GRUB 2.14: $version" >&2
  exit 1
  ;;
esac
rm -rf "$cache"
mv "$work" "$cache"
echo "$cache/grub-emu"
