#!/bin/sh
# Fetch the documentation of boot parameters for the packaged kernels: fetch-parameter-names.sh [DIRECTORY]
#
# Out of Debian's linux-source packages, DIRECTORY/.parameters/VERSION/ gets kernel-parameters.txt and early-sites, the places of
# arch/ that read the command line by themselves. DIRECTORY is $BOOTMEND_KERNELS unless given. What is there is not fetched again.
#
# As in fetch-kernels.sh, apt works on its own state inside DIRECTORY: nothing of this system is changed.
set -eu

versions='bullseye 5.10
bookworm 6.1
trixie 6.12
sid 7.2
experimental 7.3'

directory=${1:-${BOOTMEND_KERNELS:?set BOOTMEND_KERNELS or name a directory}}
mirror=${BOOTMEND_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' | grep -v security | head -n 1)}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
mkdir -p "$directory"
directory=$(cd "$directory" && pwd)
state=$directory/.apt-source

prepare_apt() {
  rm -rf "$state"
  mkdir -p "$state/lists/partial" "$state/archives/partial" "$state/apt.conf.d" "$state/preferences.d" "$state/source"
  : > "$state/status"
  echo "deb [signed-by=$keyring] $mirror $1 main" > "$state/sources.list"
  cat > "$state/apt.conf" <<CONF
Dir::Etc "$state";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "";
CONF
  APT_CONFIG=$state/apt.conf
  export APT_CONFIG
  apt-get update -qq > "$state/update.log" 2>&1
}

fetch() {
  suite=$1 version=$2 target=$directory/.parameters/$2
  [ -e "$target/kernel-parameters.txt" ] && return
  prepare_apt "$suite" || return 1
  (cd "$state" && apt-get download -qq "linux-source-$version") || return 1
  dpkg-deb --fsys-tarfile "$state"/*.deb | tar -xO --wildcards './usr/src/linux-source-*.tar.xz' | xz -dc |
    tar -C "$state/source" --strip-components 1 --wildcards -x \
      '*/Documentation/admin-guide/kernel-parameters.txt' '*/arch/*.c' '*/arch/*.h' '*/drivers/firmware/efi/*.c'
  mkdir -p "$target"
  (cd "$state/source" && grep -rnE 'cmdline_find_option|strstr\(.*(command_line|cmdline)|find_option' arch drivers) > "$target/early-sites" || true
  cp "$state/source/Documentation/admin-guide/kernel-parameters.txt" "$target/"
}

failures=0
while read -r suite version; do
  fetch "$suite" "$version" || { echo "linux-source-$version: could not be fetched" >&2; failures=$((failures + 1)); }
done <<LIST
$versions
LIST
rm -rf "$state"
exit "$failures"
