#!/bin/sh
# Fetch packaged Debian kernels for the tests: fetch-kernels.sh small|all [DIRECTORY]
#
# Each becomes DIRECTORY/RELEASE_ARCHITECTURE/ with vmlinuz and, where the package has them, config,
# modules.builtin.modinfo and, in modules/, those that register parameters without describing them. DIRECTORY is $BOOTMEND_KERNELS unless given. What is there already is not fetched again.
#
# apt works on its own state inside DIRECTORY: no source is added to this system, and nothing is installed. Signatures
# are checked; the age of a mirror's index is not, because the kernels need not be the newest.
set -eu

small='bookworm amd64 linux-image-amd64
bookworm amd64 linux-image-cloud-amd64
bookworm-backports amd64 linux-image-cloud-amd64
bookworm arm64 linux-image-cloud-arm64'

all="$small
bullseye amd64 linux-image-amd64
bullseye amd64 linux-image-cloud-amd64
bullseye i386 linux-image-686-pae
bullseye armhf linux-image-armmp
bullseye arm64 linux-image-cloud-arm64
bookworm i386 linux-image-686
bookworm armhf linux-image-armmp
bookworm armel linux-image-marvell
bookworm ppc64el linux-image-powerpc64le
bookworm s390x linux-image-s390x
bookworm mips64el linux-image-5kc-malta
bookworm-backports armhf linux-image-armmp
bookworm-backports arm64 linux-image-cloud-arm64
bookworm-backports ppc64el linux-image-powerpc64le
bookworm-backports s390x linux-image-s390x
trixie amd64 linux-image-amd64
trixie amd64 linux-image-cloud-amd64
sid amd64 linux-image-amd64
sid amd64 linux-image-cloud-amd64
sid armhf linux-image-armmp
sid arm64 linux-image-cloud-arm64
sid loong64 linux-image-loong64
sid ppc64el linux-image-powerpc64le
sid riscv64 linux-image-riscv64
sid s390x linux-image-s390x
experimental amd64 linux-image-amd64"

case "${1:-}" in
  small) wanted=$small ;;
  all) wanted=$all ;;
  *) echo "usage: $0 small|all [DIRECTORY]" >&2; exit 2 ;;
esac
directory=${2:-${BOOTMEND_KERNELS:?set BOOTMEND_KERNELS or name a directory}}
# The archive that this system itself uses, its security part left out.
mirror=${BOOTMEND_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' | grep -v security | head -n 1)}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
mkdir -p "$directory"
directory=$(cd "$directory" && pwd)
state=$directory/.apt
failures=0

# One suite and one architecture at a time, so that a name has one meaning.
prepare_apt() {
  rm -rf "$state"
  mkdir -p "$state/lists/partial" "$state/archives/partial" "$state/apt.conf.d" "$state/preferences.d"
  : > "$state/status"
  echo "deb [signed-by=$keyring] $mirror $1 main" > "$state/sources.list"
  cat > "$state/apt.conf" <<CONF
Dir::Etc "$state";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state";
APT::Architecture "$2";
APT::Architectures { "$2"; };
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "";
CONF
  APT_CONFIG=$state/apt.conf
  export APT_CONFIG
  apt-get update -qq > "$state/update.log" 2>&1
}

# The package that a metapackage stands for; from 7.x on the kernel itself is in a package of its own.
kernel_package() {
  release=$(apt-cache show "$1" | sed -n 's/^Depends:.*linux-image-\([0-9][^ ,]*\).*/\1/p' | head -n 1)
  [ -n "$release" ] || return 1
  for package in "linux-binary-$release" "linux-image-$release"; do
    if apt-cache show "$package" > /dev/null 2>&1; then echo "$package"; return; fi
  done
  return 1
}

fetch() {
  suite=$1 architecture=$2 metapackage=$3
  prepare_apt "$suite" "$architecture" || return 1
  package=$(kernel_package "$metapackage") || return 1
  target=$directory/${package#linux-*-}_$architecture
  [ -e "$target/vmlinuz" ] && return
  (cd "$state" && apt-get download -qq "$package") || return 1
  mkdir -p "$state/root" "$target"
  dpkg-deb --fsys-tarfile "$state"/*.deb | tar -C "$state/root" --wildcards -x \
    './boot/*' '*/vmlinu[xz]' '*/modules.builtin.modinfo' \
    '*/nf_nat*.ko*' '*/nf_conntrack*.ko*' '*/nf_defrag*.ko*' '*/libcrc32c.ko*' '*/crc32c_generic.ko*' \
    '*/lockd.ko*' '*/sunrpc.ko*' '*/grace.ko*' '*/md-mod.ko*' '*/msr.ko*' 2> /dev/null || true
  find "$state/root" -name 'config-*' -exec cp {} "$target/config" \;
  find "$state/root" -name modules.builtin.modinfo -exec cp {} "$target/" \;
  mkdir -p "$target/modules"
  find "$state/root" -name '*.ko*' -exec cp {} "$target/modules/" \;
  find "$state/root" -name 'vmlinu[xz]*' -exec cp {} "$target/vmlinuz" \;
  [ -e "$target/vmlinuz" ]
}

while read -r suite architecture metapackage; do
  if fetch "$suite" "$architecture" "$metapackage"; then
    echo "$suite $architecture $metapackage: ${target##*/}"
  else
    echo "$suite $architecture $metapackage: could not be fetched" >&2
    failures=$((failures + 1))
  fi
done <<LIST
$wanted
LIST
rm -rf "$state"
[ "$wanted" = "$all" ] || exit "$failures"
