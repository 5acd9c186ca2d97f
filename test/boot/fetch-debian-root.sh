#!/bin/sh
# Makes a Debian root with GRUB and a kernel, as its packages install them, and prints the path of its tarball.
#
# It is kept in a cache and made once. The archive is the one that this system itself uses, its security part left out.
# Needs root, mmdebstrap and Debian's archive keyring; nothing is installed on this system.
set -eu

suite=bookworm
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bootmend-debian-root
tarball=$cache/$suite.tar
if [ -e "$tarball" ]; then
  echo "$tarball"
  exit
fi

mirror=${BOOTMEND_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' | grep -v security | head -n 1)}
mkdir -p "$cache"
work=$(mktemp -d "$cache/$suite.XXXXXX")
trap 'rm -rf "$work"' EXIT
mmdebstrap --quiet --variant=minbase --include=grub2-common,grub-pc-bin,linux-image-cloud-amd64 \
  "$suite" "$work/root.tar" "$mirror" >&2
mv "$work/root.tar" "$tarball"
echo "$tarball"
