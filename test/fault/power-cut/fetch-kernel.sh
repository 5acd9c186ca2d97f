#!/bin/sh
# Fetch the kernel that the machines of power-cut and grub-judge boot: fetch-kernel.sh DIRECTORY
#
# DIRECTORY gets vmlinuz and modules/ of Debian's linux-image-cloud-amd64, by this system's own apt. Nothing is
# installed. What is there already is not fetched again.
set -eu

directory=${1:?name a directory}
mkdir -p "$directory"
# Two tests may want it at the same time.
exec 9>"$directory/lock"
flock 9
[ -e "$directory/vmlinuz" ] && exit
package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
[ -n "$package" ] || { echo 'apt knows no linux-image-cloud-amd64' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
(cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$package" && dpkg-deb -x ./*.deb root)
rm -rf "$directory/modules"
mv "$work"/root/lib/modules/* "$directory/modules"
mv "$work"/root/boot/vmlinuz-* "$directory/vmlinuz"
