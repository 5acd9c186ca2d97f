/** As /proc/self/mountinfo shows it on a machine with its own /boot and ESP, a btrfs subvolume and a bind mount. */
export const mountinfo = `22 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/cl-root rw,attr2
30 22 8:2 / /boot rw,relatime shared:20 - xfs /dev/sda2 rw
31 30 8:1 / /boot/efi rw,relatime shared:21 - vfat /dev/sda1 ro,fmask=0077
35 22 0:30 /a\\040b /srv/with\\040blank rw - btrfs /dev/sdb1 rw,subvol=/a\\040b
36 22 8:2 /grub2 /mnt ro,relatime shared:1 master:2 - xfs /dev/sda2 rw
`;
