/** The words that one program outside the kernel documents. */
export interface DocumentedNames {
  /** Who reads them, the page that says so, and the version that was read. */
  readonly source: string;
  /** Names as they are written, separated by blanks; a dash and an underscore are the same to their readers. */
  readonly names: string;
  /** How names of this program begin; one that begins so and is not among them is of a version not read, or misspelt. */
  readonly prefixes?: readonly string[];
}

/*
 * One row a project, its names checked against the files that the source names. A name that no file has is not here: such a word is
 * known by its prefix at most, which proves nothing.
 */
export const USER_SPACE: readonly DocumentedNames[] = [
  {
    source:
      'systemd 252, 257, 262: man/kernel-command-line.xml, the pages that it names, NEWS; rd. in front is taken off in an initramfs (src/basic/proc-cmdline.c)',
    prefixes: ['systemd.', 'rd.systemd.', 'udev.', 'rd.udev.', 'luks.', 'vconsole.', 'locale.'],
    names: `
      systemd.unit systemd.dump_core systemd.crash_chvt systemd.crash_shell systemd.crash_reboot
      systemd.crash_action systemd.confirm_spawn systemd.service_watchdogs systemd.show_status
      systemd.status_unit_format systemd.log_target systemd.log_level systemd.log_location systemd.log_color
      systemd.log_tid systemd.log_time systemd.log_ratelimit_kmsg systemd.default_standard_output
      systemd.default_standard_error systemd.setenv systemd.machine_id systemd.set_credential
      systemd.set_credential_binary systemd.import_credentials systemd.credentials_boot_policy
      systemd.reload_limit_interval_sec systemd.reload_limit_burst systemd.minimum_uptime_sec
      systemd.default_timeout_start_sec systemd.default_device_timeout_sec systemd.cpu_affinity
      systemd.watchdog_device systemd.watchdog_sec systemd.watchdog_pre_sec
      systemd.watchdog_pretimeout_governor systemd.unified_cgroup_hierarchy
      systemd.legacy_systemd_cgroup_controller systemd.restrict_filesystem_access systemd.early_core_pattern
      systemd.mask systemd.wants systemd.debug_shell systemd.default_debug_tty systemd.break systemd.run
      systemd.run_success_action systemd.run_failure_action systemd.restore_state systemd.ssh_auto
      systemd.ssh_listen systemd.volatile systemd.verity systemd.verity_root_data systemd.verity_root_hash
      systemd.verity_root_options systemd.verity_usr_data systemd.verity_usr_hash systemd.verity_usr_options
      systemd.getty_auto systemd.gpt_auto systemd.image_policy systemd.image_filter systemd.firstboot
      systemd.condition_first_boot systemd.condition_needs_update systemd.clock_usec systemd.random_seed
      systemd.hostname systemd.tty.term.console systemd.journald.forward_to_syslog
      systemd.journald.forward_to_kmsg systemd.journald.forward_to_console systemd.journald.forward_to_wall
      systemd.journald.max_level_store systemd.journald.max_level_syslog systemd.journald.max_level_kmsg
      systemd.journald.max_level_console systemd.journald.max_level_wall systemd.journald.max_level_socket
      systemd.swap systemd.mount_extra systemd.swap_extra systemd.allow_userspace_verity systemd.battery_check
      systemd.tpm2_wait systemd.tpm2_allow_clear systemd.sysext systemd.confext systemd.factory_reset
      systemd.pull rd.systemd.unit rd.systemd.mask rd.systemd.wants rd.systemd.debug_shell
      rd.systemd.default_debug_tty rd.systemd.break rd.systemd.gpt_auto rd.systemd.verity
      rd.systemd.mount_extra rd.systemd.swap_extra rd.systemd.show_status rd.systemd.log_level
      rd.systemd.log_target rd.systemd.pull rd.systemd.image_filter rd.systemd.image_policy udev.log_level
      udev.log_priority udev.children_max udev.exec_delay udev.event_timeout udev.timeout_signal
      udev.blockdev_read_only udev.trace rd.udev.log_level rd.udev.log_priority rd.udev.children_max
      rd.udev.exec_delay rd.udev.event_timeout rd.udev.timeout_signal rd.udev.blockdev_read_only rd.udev.trace
      net.ifnames net.naming_scheme net.ifname_policy luks luks.crypttab luks.data luks.key luks.name
      luks.options luks.uuid rd.luks rd.luks.crypttab rd.luks.data rd.luks.key rd.luks.name rd.luks.options
      rd.luks.uuid fstab rd.fstab veritytab rd.veritytab roothash usrhash mount.usr mount.usrflags
      mount.usrfstype root rootflags rootfstype resume resumeflags resume_offset noresume fsck.mode
      fsck.repair fastboot forcefsck quotacheck.mode forcequotacheck modules_load rd.modules_load
      vconsole.keymap vconsole.keymap_toggle vconsole.font vconsole.font_map vconsole.font_unimap locale.LANG
      locale.LANGUAGE locale.LC_CTYPE locale.LC_NUMERIC locale.LC_TIME locale.LC_COLLATE locale.LC_MONETARY
      locale.LC_MESSAGES locale.LC_PAPER locale.LC_NAME locale.LC_ADDRESS locale.LC_TELEPHONE
      locale.LC_MEASUREMENT locale.LC_IDENTIFICATION single emergency rescue s S 1 2 3 4 5 -s -b rd.emergency
      rd.rescue SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE SYSTEMD_LOG_LEVEL SYSTEMD_LOG_TARGET SYSTEMD_LOG_COLOR
      SYSTEMD_LOG_LOCATION SYSTEMD_UNIT_PATH TERM LANG systemd.event_loop_ratelimit_interval_sec
      systemd.event_loop_ratelimit_burst rd.systemd.sysext rd.systemd.confext rd.systemd.battery_check`,
  },
  {
    source: 'dracut 059, 106, 112: man/dracut.cmdline.7.adoc, and what modules.d/ asks getarg for',
    prefixes: ['rd.', 'rd_'],
    names: `
      rd.auto rd.bootif rd.break rd.ccw rd.cio_accept rd.cmdline rd.ctty rd.dasd rd.debug rd.dm rd.dm.uuid
      rd.driver.blacklist rd.driver.post rd.driver.pre rd.driver.export rd.emergency rd.fcoe rd.fips
      rd.fips.skipkernel rd.fstab rd.hostonly rd.info rd.iscsi.firmware rd.iscsi.ibft rd.iscsi.in.password
      rd.iscsi.in.username rd.iscsi.initiator rd.iscsi.login_retry_max rd.iscsi.mp rd.iscsi.param
      rd.iscsi.password rd.iscsi.target.group rd.iscsi.target.ip rd.iscsi.target.name rd.iscsi.target.port
      rd.iscsi.testroute rd.iscsi.username rd.iscsi.waitnet rd.live.check rd.live.debug rd.live.dir
      rd.live.image rd.live.overlay rd.live.overlay.cowfs rd.live.overlay.overlayfs rd.live.overlay.readonly
      rd.live.overlay.reset rd.live.overlay.size rd.live.overlay.thin rd.live.overlay.nouserconfirmprompt
      rd.live.ram rd.live.squashimg rd.locale.LANG rd.locale.LC_ALL rd.luks rd.luks.allow_discards
      rd.luks.crypttab rd.luks.key rd.luks.key.tout rd.luks.keydev.uuid rd.luks.keypath rd.luks.name
      rd.luks.partuuid rd.luks.serial rd.luks.timeout rd.luks.uuid rd.lvm rd.lvm.conf rd.lvm.lv
      rd.lvm.snapshot rd.lvm.snapsize rd.lvm.vg rd.md rd.md.conf rd.md.ddf rd.md.imsm rd.md.uuid
      rd.md.waitclean rd.memdebug rd.multipath rd.neednet rd.net.dhcp.retry rd.net.timeout.carrier
      rd.net.timeout.dhcp rd.net.timeout.iflink rd.net.timeout.ifup rd.net.timeout.ipv6auto
      rd.net.timeout.ipv6dad rd.net.timeout.route rd.nfs.domain rd.nonvmf rd.noverifyssl rd.nvmf.discover
      rd.nvmf.hostid rd.nvmf.hostnqn rd.nvmf.nonbft rd.nvmf.nostatic rd.peerdns rd.plymouth rd.retry rd.route
      rd.shell rd.shutdown.timeout.umount rd.skipfsck rd.splash rd.timeout rd.udev.debug rd.udev.info
      rd.udev.log_priority rd.vconsole.font rd.vconsole.font.map rd.vconsole.font.unimap rd.vconsole.keymap
      rd.vconsole.keymap.ext rd.vconsole.unicode rd.writable.fsimg rd.zfcp rd.zfcp.conf rd.zipl rd.znet
      rd.znet_ifname vconsole.font.map vconsole.font.unimap vconsole.keymap.ext vconsole.unicode rd_CCW
      rd_DASD rd_DASD_MOD rd_DM_UUID rd_LUKS_KEYDEV_UUID rd_LUKS_KEYPATH rd_LUKS_UUID rd_LVM_LV
      rd_LVM_SNAPSHOT rd_LVM_SNAPSIZE rd_LVM_VG rd_MD_UUID rd_NFS_DOMAIN rd_NO_CRYPTTAB rd_NO_DM rd_NO_FSTAB
      rd_NO_LUKS rd_NO_LVM rd_NO_LVMCONF rd_NO_MD rd_NO_MDADMCONF rd_NO_MDIMSM rd_NO_MULTIPATH rd_NO_PLYMOUTH
      rd_NO_SPLASH rd_NO_ZFCPCONF rd_ZFCP rd_ZNET rd_retry rdblacklist rdbreak rdinfo rdinitdebug rdinsmodpost
      rdlivedebug rdloaddriver rdnetdebug rdshell rdudevdebug rdudevinfo BOOTIF CONTRANS EXT_KEYMAP KEYMAP
      KEYTABLE SYSFONT UNICODE UNIMAP biosdevname bond boot bootdev bridge check cifspass cifsuser ecryptfskey
      evmkey evmx509 fcoe ifname ip iscsi_firmware iscsi_in_password iscsi_in_username iscsi_initiator
      iscsi_password iscsi_target_group iscsi_target_ip iscsi_target_name iscsi_target_port iscsi_username
      live_dir live_ram liveimg masterkey masterkeytype nameserver netroot nfsroot nbd overlay
      readonly_overlay reset_overlay rootfallback team vlan nompath nodmraid rd_NO_MDDDF noiswmd noddfmd fips
      rd.dcssblk root.journaldev readonlyroot noreadonlyroot rd.lunmask rd.lvm.mergetags DASD rd_LUKS_PARTUUID
      rd_LUKS_SERIAL cio_ignore rd.convertfs rd.caps rd.caps.initdrop rd.caps.disablemodules
      rd.caps.disablekexec nvmf.hostnqn nvmf.hostid nvmf.discover real_init rd.distroinit rd.luks.smartcard
      rd.nofcoe CMSDASD CMSCONFFILE iscsi_param iscsiroot rd.minmem rd.overlay rd.overlay.readonly
      rd.live.overlayfs.readonly rd.overlay.reset rd.overlay.crypt rd.nvmf.nm rd.iscsi.transport rd.ntp
      rd.ntp.nodhcp live.updates syslog syslog.server syslog.filter syslog.type syslogtype`,
  },
  {
    source: 'initramfs-tools 0.142: initramfs-tools.7, init',
    prefixes: ['initramfs.'],
    names: `
      boot ip BOOTIF nfsroot blacklist break initramfs.clear initramfs.runsize drop_capabilities fastboot forcefsck fsckfix rootdelay
      netconsole all_generic_ide ubi.mtd resume resume_offset noresume`,
  },
  {
    source: 'cryptsetup 2.6.1, Debian’s: debian/initramfs/scripts/local-top/cryptroot',
    names: 'cryptopts',
  },
  {
    source: 'nbd 3.24, Debian’s: initramfs-tools/scripts/local-top/nbd',
    names: 'nbdroot nbddev',
  },
  {
    source: 'open-iscsi 2.1.8, Debian’s: debian/extra/initramfs.local-top',
    names: `
      iscsi_auto iscsi_initiator iscsi_target_name iscsi_target_ip iscsi_target_port iscsi_target_group
      iscsi_username iscsi_password iscsi_in_username iscsi_in_password`,
  },
  {
    source: 'overlayroot 0.18: scripts/init-bottom/overlayroot',
    names: 'overlayroot overlayroot_cfgdisk',
  },
  {
    source:
      'OpenZFS 2.3: contrib/initramfs/scripts/zfs, man/man7/dracut.zfs.7; zfs= and zfs_import_dir= of archzfs: src/zfs-utils/zfs-utils.initcpio.install',
    names: `
      zfs zfs_import_dir zfs_force zfs.force zfsforce zfs_debug zfs.debug zfsdebug rpool bootfs bootfs.snapshot
      bootfs.rollback rollback spl_hostid`,
  },
  {
    source: 'mkinitcpio 39: man/mkinitcpio.8.adoc, hooks/encrypt',
    names: 'break disablehooks earlymodules rootdelay rd.debug rd.log cryptdevice cryptkey crypto',
  },
  {
    source: 'archiso 87: docs/README.bootparams',
    names: `
      archisobasedir archisolabel archisodevice copytoram copytoram_size checksum cow_label cow_device
      cow_flags cow_directory cow_persistent cow_spacesize cow_chunksize dm_snap_prefix copy_resolvconf
      archiso_nbd_name archiso_nbd_srv archiso_http_srv archiso_http_spc archiso_nfs_srv archiso_nfs_opt
      img_label img_dev img_flags img_loop mirror script`,
  },
  {
    source: 'anaconda 41 (commit 317c629eec75): docs/boot-options.rst; without inst. as of 07b006ed1d49',
    prefixes: ['inst.'],
    names: `
      inst.repo inst.addrepo inst.noverifyssl inst.proxy inst.stage2 inst.stage2.all inst.dd inst.multilib
      inst.ks inst.ks.all inst.ks.sendmac inst.ks.sendsn inst.ksstrict inst.dhcpclass inst.waitfornet
      inst.lang inst.singlelang inst.geoloc inst.keymap inst.cmdline inst.graphical inst.text
      inst.noninteractive inst.resolution inst.vnc inst.vncpassword inst.vncconnect inst.rdp inst.rdp.username
      inst.rdp.password inst.headless inst.xdriver inst.usefbx inst.xtimeout inst.sshd inst.rescue
      inst.updates inst.nokill inst.loglevel inst.noshell inst.syslog inst.virtiolog inst.zram inst.nodmraid
      inst.nompath inst.gpt inst.disklabel inst.selinux inst.nosave inst.kdump_addon inst.leavebootorder
      inst.extlinux inst.sdboot inst.nonibftiscsiboot inst.profile inst.product inst.variant inst.debug
      inst.mediacheck inst.notmux method repo ks ksdevice kssendmac kssendsn dns netmask gateway hostname lang
      keymap stage2 updates vnc vncpassword vncconnect leavebootorder extlinux sshd inst.net.noautodefault
      inst.geoloc-use-with-ks inst.wait_for_disks`,
  },
  {
    source: 'plymouth 22.02, 26.134: src/main.c; nosplash in systemd-units/*.service.in',
    prefixes: ['plymouth.'],
    names: `
      plymouth.enable plymouth.debug plymouth.splash plymouth.splash_delay plymouth.ignore_serial_consoles
      plymouth.ignore_udev plymouth.boot_log plymouth.use_simpledrm plymouth.graphical
      plymouth.force_frame_buffer_on_boot plymouth.force_scale plymouth.nolog plymouth.force_splash
      plymouth.ignore_show_splash splash nosplash`,
  },
  {
    source: 'plymouth 0.8, as Red Hat builds it: src/main.c',
    names: 'rhgb plymouth:debug plymouth:splash',
  },
  {
    source:
      'cloud-init 22.4, 25.1: tools/ds-identify, cloudinit/cmd/main.py, systemd/cloud-init-generator.tmpl',
    prefixes: ['ci.'],
    names: `
      ds cloud-init cloud-config-url network-config ci.ds ci.datasource ci.di.policy
      ci.datasource.ec2.strict_id url`,
  },
  {
    source:
      'subiquity 24.04: doc/reference/autoinstall-reference.rst; ubiquity 22.04: Ubuntu’s page DesktopCDOptions',
    names: 'autoinstall automatic-ubiquity only-ubiquity maybe-ubiquity debug-ubiquity',
  },
  {
    source:
      'snapd 2.57, 2.68: gadget/gadget.go, cmd/snap-bootstrap; Ubuntu Core’s reference/kernel-boot-parameters.md',
    prefixes: ['snapd_', 'snapd.'],
    names: `
      snapd_recovery_mode snapd_recovery_system snapd_system_disk snapd.debug ubuntu_core.bootchart`,
  },
  {
    source: 'live-boot 20230131: manpages/en/live-boot.7, components/9990-cmdline-old',
    prefixes: ['live-media'],
    names: `
      access dm-verity-enforce-roothash-signature dm-verity-oncorruption dm-verity-root-hash fetch findiso
      fromiso httpfs ignore_uuid iscsi live-media live-media-offset live-media-path live-media-timeout module
      netboot noeject nofastboot nopersistence overlay-size persistence persistent persistence-encryption
      persistence-label persistence-media persistence-method persistence-path persistence-read-only
      persistence-storage ramdisk-size showmounts silent swap swapon todisk toram union verify-checksums
      bootfrom isofrom ftpfs nfsoverlay nfsopts ethdevice ethdevice-timeout dhcp nodhcp nofstab nonetworking
      quickusbmodules exposedroot plainroot skipunion skipconfig root_lvm iso-scan/filename`,
  },
  {
    source: 'live-config 11.0: manpages/en/live-config.7, frontend/live-config',
    prefixes: ['live-config.'],
    names: `
      live-config live-config.components live-config.nocomponents live-config.debconf-preseed
      live-config.debug live-config.hooks live-config.hostname live-config.keyboard-layouts
      live-config.keyboard-model live-config.keyboard-options live-config.keyboard-variants
      live-config.locales live-config.noautologin live-config.noroot live-config.nottyautologin
      live-config.nox11autologin live-config.sysv-rc live-config.timezone live-config.user-default-groups
      live-config.user-fullname live-config.username live-config.utc live-config.wlan-driver
      live-config.xorg-driver live-config.xorg-resolution live-config.x-session-manager components
      nocomponents debconf-preseed hooks hostname keyboard-layouts keyboard-model keyboard-options
      keyboard-variants locales noautologin noroot nottyautologin nox11autologin sysv-rc timezone
      user-default-groups user-fullname username utc wlan-driver xorg-driver xorg-resolution x-session-manager`,
  },
  {
    source: 'casper 1.4: casper.7, scripts/casper',
    names: 'noprompt nopersistent layerfs-path',
  },
  {
    source: 'debian-installer 20230508: the installation guide, chapter 5.3 and appendix B',
    names: `
      priority fb auto classes file url theme language country locale keymap modules firmware interface domain
      hostname protocol suite recommends tasks desktop preseed-md5 BOOT_DEBUG DEBIAN_FRONTEND log_host
      log_port lowmem noshell --- anna/choose_modules apt-setup/cdrom/set-first apt-setup/contrib
      apt-setup/disable-cdrom-entries apt-setup/local0/comment apt-setup/local0/key
      apt-setup/local0/repository apt-setup/local0/source apt-setup/multiarch apt-setup/non-free
      apt-setup/non-free-firmware apt-setup/security_host apt-setup/services-select apt-setup/use_mirror
      auto-install/classes auto-install/enable base-installer/install-recommends base-installer/kernel/image
      cdrom-detect/eject clock-setup/ntp clock-setup/ntp-server clock-setup/utc debconf/priority
      debian-installer/add-kernel-opts debian-installer/allow_unauthenticated debian-installer/country
      debian-installer/exit/halt debian-installer/exit/poweroff debian-installer/framebuffer
      debian-installer/language debian-installer/locale debian-installer/theme finish-install/keep-consoles
      finish-install/reboot_in_progress grub-installer/bootdev grub-installer/only_debian
      grub-installer/password grub-installer/password-again grub-installer/password-crypted
      grub-installer/with_other_os hw-detect/firmware-lookup hw-detect/load_firmware hw-detect/start_pcmcia
      keyboard-configuration/toggle keyboard-configuration/xkb-keymap localechooser/supported-locales
      mirror/country mirror/http/directory mirror/http/hostname mirror/http/proxy mirror/protocol mirror/suite
      mirror/udeb/suite netcfg/choose_interface netcfg/confirm_static netcfg/dhcp_failed netcfg/dhcp_hostname
      netcfg/dhcp_options netcfg/dhcp_timeout netcfg/dhcpv6_timeout netcfg/disable_autoconfig netcfg/enable
      netcfg/get_domain netcfg/get_gateway netcfg/get_hostname netcfg/get_ipaddress netcfg/get_nameservers
      netcfg/get_netmask netcfg/hostname netcfg/link_wait_timeout netcfg/wireless_wep
      network-console/authorized_keys_url network-console/password network-console/password-again
      partman-auto-crypto/erase_disks partman-auto-lvm/guided_size partman-auto-raid/recipe
      partman-auto/choose_recipe partman-auto/disk partman-auto/expert_recipe partman-auto/expert_recipe_file
      partman-auto/init_automatically_partition partman-auto/method partman-efi/non_efi_system
      partman-lvm/confirm partman-lvm/confirm_nooverwrite partman-lvm/device_remove_lvm partman-md/confirm
      partman-md/device_remove_md partman-partitioning/choose_label
      partman-partitioning/confirm_write_new_label partman-partitioning/default_label partman/choose_partition
      partman/confirm partman/confirm_nooverwrite partman/early_command partman/mount_style passwd/make-user
      passwd/root-login passwd/root-password passwd/root-password-again passwd/root-password-crypted
      passwd/user-default-groups passwd/user-fullname passwd/user-password passwd/user-password-again
      passwd/user-password-crypted passwd/user-uid passwd/username pkgsel/include pkgsel/run_tasksel
      pkgsel/upgrade popularity-contest/participate preseed/early_command preseed/file preseed/file/checksum
      preseed/include preseed/include/checksum preseed/include_command preseed/interactive
      preseed/late_command preseed/run preseed/url preseed/url/checksum rescue/enable tasksel/desktop
      tasksel/first time/zone`,
  },
  {
    source: 'linuxrc 7.0 (openSUSE/linuxrc 222a2cb33336): linuxrc.html, file.c',
    prefixes: ['linuxrc.'],
    names: `
      install autoyast autoyast2 showopts netdevice hostip ifcfg netsetup usessh ssh sshpassword usevnc vnc
      vncpassword textmode upgrade dud driverupdate startshell insecure instsys linuxrc linuxrc.log
      linuxrc.debug linuxrc.core linuxrc.stderr info manual noshell addswap brokenmodules insmod initrdmodules
      proxy rescue loghost hwdetect kexec kexec_reboot linemode nfsopts netmask gateway nameserver domain
      hostname dhcptimeout netwait netretry usedhcp vlan vlanid withiscsi ipv4 ipv4only ipv6only ethtool exec
      memlimit memyast minmemory moduledelay consoledevice keytable lang language rootpassword splash term
      usbwait yast2update`,
  },
  {
    source: 'ostree 2022.7, 2026.4: man/ostree-prepare-root.xml, src/switchroot',
    prefixes: ['ostree.'],
    names: 'ostree ostree.prepare-root.composefs',
  },
  {
    source:
      'Ignition 2.20: dracut/30ignition/ignition-generator, docs/supported-platforms.md, docs/operator-notes.md',
    prefixes: ['ignition.'],
    names: 'ignition.firstboot ignition.platform.id ignition.config.url',
  },
  {
    source:
      'coreos-installer 0.5, 0.21: docs/getting-started.md, scripts/coreos-installer-service; fedora-coreos-config: overlay.d/05core',
    prefixes: ['coreos.'],
    names: `
      coreos.inst coreos.inst.install_dev coreos.inst.ignition_url coreos.inst.image_url
      coreos.inst.save_partlabel coreos.inst.save_partindex coreos.inst.insecure coreos.inst.skip_reboot
      coreos.inst.stream coreos.inst.platform_id coreos.live.rootfs_url coreos.no_persist_ip
      coreos.force_persist_ip`,
  },
  {
    source:
      'Container Linux and Flatcar 3033: docs/os/booting-with-ipxe.md; flatcar/init: scripts/disk-uuid; bootengine: dracut/30ignition/ignition-generator',
    prefixes: ['flatcar.'],
    names: `
      coreos.first_boot coreos.config.url coreos.autologin flatcar.first_boot flatcar.config.url
      flatcar.autologin flatcar.randomize_disk_guid coreos.oem.id flatcar.oem.id sshkey`,
  },
  {
    source: 'kmod 30: man/modprobe.d.xml',
    prefixes: ['modprobe.'],
    names: 'modprobe.blacklist',
  },
  {
    source: 'tuned 2.20: profiles/cpu-partitioning/00-tuned-pre-udev.sh',
    prefixes: ['tuned.'],
    names: 'tuned.non_isolcpus',
  },
  {
    source: 'multipath-tools 0.9.4: multipathd/multipathd.service',
    names: 'nompath multipath',
  },
  {
    source: 'sysvinit 3.06: src/init.c; Debian’s initscripts 3.06: checkroot.sh',
    names: 'auto emergency single fastboot',
  },
  {
    source: 'GRUB 2.06: 10_linux, 20_linux_xen of Ubuntu and SUSE; what their lines carry for other readers',
    names: 'BOOT_IMAGE vt.handoff showopts placeholder recovery',
  },
];
