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
 * One row a project. systemd's readers take most of their words in an initramfs with `rd.` in front, as the page says for each.
 */
export const USER_SPACE: readonly DocumentedNames[] = [
  {
    source: 'systemd 252, 256, 261: kernel-command-line(7), systemd(1), systemd-udevd.service(8), NEWS',
    prefixes: ['systemd.', 'rd.systemd.', 'udev.', 'rd.udev.', 'luks.', 'vconsole.', 'locale.', 'systemd_'],
    names: `
      systemd.unit systemd.dump_core systemd.crash_chvt systemd.crash_shell systemd.crash_reboot systemd.crash_action
      systemd.confirm_spawn systemd.service_watchdogs systemd.show_status systemd.status_unit_format systemd.log_target
      systemd.log_level systemd.log_location systemd.log_color systemd.log_tid systemd.log_time systemd.log_ratelimit_kmsg
      systemd.default_standard_output systemd.default_standard_error systemd.setenv systemd.machine_id systemd.set_credential
      systemd.set_credential_binary systemd.import_credentials systemd.credentials_boot_policy systemd.reload_limit_interval_sec
      systemd.reload_limit_burst systemd.minimum_uptime_sec systemd.default_timeout_start_sec systemd.default_device_timeout_sec
      systemd.cpu_affinity systemd.watchdog_device systemd.watchdog_sec systemd.watchdog_pre_sec
      systemd.watchdog_pretimeout_governor systemd.unified_cgroup_hierarchy systemd.legacy_systemd_cgroup_controller
      systemd.restrict_filesystem_access systemd.early_core_pattern systemd.mask systemd.wants systemd.debug_shell
      systemd.default_debug_tty systemd.break systemd.run systemd.run_success_action systemd.run_failure_action
      systemd.restore_state systemd.ssh_auto systemd.ssh_listen systemd.volatile systemd.verity systemd.verity_root_data
      systemd.verity_root_hash systemd.verity_root_options systemd.verity_usr_data systemd.verity_usr_hash
      systemd.verity_usr_options systemd.getty_auto systemd.gpt_auto systemd.image_policy systemd.image_filter
      systemd.default_image_policy systemd.firstboot systemd.condition_first_boot systemd.condition_needs_update
      systemd.clock_usec systemd.random_seed systemd.hostname systemd.tty.term.console systemd.tty.rows.console
      systemd.tty.columns.console systemd.journald.forward_to_syslog systemd.journald.forward_to_kmsg
      systemd.journald.forward_to_console systemd.journald.forward_to_wall systemd.journald.max_level_store
      systemd.journald.max_level_syslog systemd.journald.max_level_kmsg systemd.journald.max_level_console
      systemd.journald.max_level_wall systemd.journald.max_level_socket systemd.swap systemd.mount_extra
      systemd.swap_extra systemd.allow_userspace_verity systemd.battery_check systemd.tpm2_wait systemd.tpm2_allow_clear
          systemd.sysext systemd.confext systemd.factory_reset  
      systemd.pull      
      rd.systemd.unit rd.systemd.mask rd.systemd.wants rd.systemd.debug_shell rd.systemd.default_debug_tty rd.systemd.break
      rd.systemd.gpt_auto rd.systemd.verity rd.systemd.mount_extra rd.systemd.swap_extra rd.systemd.show_status
      rd.systemd.log_level rd.systemd.log_target rd.systemd.pull    
      rd.systemd.image_filter rd.systemd.image_policy  
      udev.log_level udev.log_priority udev.children_max udev.exec_delay udev.event_timeout udev.timeout_signal
      udev.blockdev_read_only udev.trace rd.udev.log_level rd.udev.log_priority rd.udev.children_max rd.udev.exec_delay
      rd.udev.event_timeout rd.udev.timeout_signal rd.udev.blockdev_read_only rd.udev.trace
      net.ifnames net.naming_scheme net.ifname_policy
      luks luks.crypttab luks.data luks.key luks.name luks.options luks.uuid
      rd.luks rd.luks.crypttab rd.luks.data rd.luks.key rd.luks.name rd.luks.options rd.luks.uuid
      fstab rd.fstab veritytab rd.veritytab roothash usrhash mount.usr mount.usrflags mount.usrfstype mount.usrhash
      root rootflags rootfstype resume resumeflags resume_offset noresume
      fsck.mode fsck.repair fastboot forcefsck quotacheck.mode forcequotacheck modules_load rd.modules_load
      vconsole.keymap vconsole.keymap_toggle vconsole.font vconsole.font_map vconsole.font_unimap
      locale.LANG locale.LANGUAGE locale.LC_CTYPE locale.LC_NUMERIC locale.LC_TIME locale.LC_COLLATE locale.LC_MONETARY
      locale.LC_MESSAGES locale.LC_PAPER locale.LC_NAME locale.LC_ADDRESS locale.LC_TELEPHONE locale.LC_MEASUREMENT
      locale.LC_IDENTIFICATION
      single emergency rescue s S 1 2 3 4 5 -s -b rd.emergency rd.rescue
      SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE SYSTEMD_LOG_LEVEL SYSTEMD_LOG_TARGET SYSTEMD_LOG_COLOR SYSTEMD_LOG_LOCATION
      SYSTEMD_UNIT_PATH TERM LANG`,
  },
  {
    source: 'dracut 059: dracut.cmdline(7)',
    prefixes: ['rd.', 'rd_'],
    names: `
      rd.auto rd.bootif rd.break rd.ccw rd.cio_accept rd.cmdline rd.ctty rd.dasd rd.debug rd.dm rd.dm.uuid rd.driver.blacklist
      rd.driver.post rd.driver.pre rd.driver.export rd.emergency rd.fcoe rd.fips rd.fips.skipkernel rd.fstab rd.hostonly rd.info
      rd.iscsi.firmware rd.iscsi.ibft rd.iscsi.in.password rd.iscsi.in.username rd.iscsi.initiator rd.iscsi.login_retry_max
      rd.iscsi.mp rd.iscsi.param rd.iscsi.password rd.iscsi.target.group rd.iscsi.target.ip rd.iscsi.target.name
      rd.iscsi.target.port rd.iscsi.testroute rd.iscsi.username rd.iscsi.waitnet    
      rd.live.check rd.live.debug rd.live.dir rd.live.image rd.live.overlay rd.live.overlay.cowfs rd.live.overlay.overlayfs
      rd.live.overlay.readonly rd.live.overlay.reset rd.live.overlay.size rd.live.overlay.thin rd.live.overlay.nouserconfirmprompt
      rd.live.ram rd.live.squashimg rd.locale.LANG rd.locale.LC_ALL rd.luks rd.luks.allow_discards rd.luks.crypttab rd.luks.key
      rd.luks.key.tout rd.luks.keydev.uuid rd.luks.keypath rd.luks.name rd.luks.options rd.luks.partuuid rd.luks.serial
      rd.luks.timeout rd.luks.uuid rd.lvm rd.lvm.conf rd.lvm.lv rd.lvm.snapshot rd.lvm.snapsize rd.lvm.vg rd.md rd.md.conf
      rd.md.ddf rd.md.imsm rd.md.uuid rd.md.waitclean rd.memdebug rd.multipath rd.neednet rd.net.dhcp.retry
      rd.net.timeout.carrier rd.net.timeout.dhcp rd.net.timeout.iflink rd.net.timeout.ifup rd.net.timeout.ipv6auto
      rd.net.timeout.ipv6dad rd.net.timeout.route rd.nfs.domain rd.nonvmf rd.noverifyssl rd.nvmf.discover rd.nvmf.hostid
      rd.nvmf.hostnqn rd.nvmf.nonbft rd.nvmf.nostatic rd.peerdns rd.plymouth rd.retry rd.route rd.shell
      rd.shutdown.timeout.umount rd.skipfsck rd.splash rd.timeout rd.udev.debug rd.udev.info rd.udev.log_priority
      rd.vconsole.font rd.vconsole.font.map rd.vconsole.font.unimap rd.vconsole.keymap rd.vconsole.keymap.ext
      rd.vconsole.unicode rd.writable.fsimg rd.zfcp rd.zfcp.conf rd.zfcp_conf rd.zipl rd.znet rd.znet_ifname  
      vconsole.font.map vconsole.font.unimap vconsole.keymap.ext vconsole.unicode
      rd_CCW rd_DASD rd_DASD_MOD rd_DM_UUID rd_LUKS_KEYDEV_UUID rd_LUKS_KEYPATH rd_LUKS_UUID rd_LVM_LV rd_LVM_SNAPSHOT
      rd_LVM_SNAPSIZE rd_LVM_VG rd_MD_UUID rd_NFS_DOMAIN rd_NO_CRYPTTAB rd_NO_DM rd_NO_FSTAB rd_NO_LUKS rd_NO_LVM
      rd_NO_LVMCONF rd_NO_MD rd_NO_MDADMCONF rd_NO_MDIMSM rd_NO_MULTIPATH rd_NO_PLYMOUTH rd_NO_SPLASH rd_NO_ZFCPCONF
      rd_ZFCP rd_ZNET rd_retry
      rdblacklist rdbreak rdcopystate rdinfo rdinitdebug rdinsmodpost rdlivedebug rdloaddriver rdnetdebug rdshell rdudevdebug
      rdudevinfo BOOTIF CONTRANS EXT_KEYMAP KEYBOARDTYPE KEYMAP KEYTABLE SYSFONT UNICODE UNIMAP biosdevname bond boot bootdev
      bridge check cifspass cifsuser ecryptfskey evmkey evmx509 fcoe ifname ip iscsi_firmware iscsi_in_password
      iscsi_in_username iscsi_initiator iscsi_password iscsi_target_group iscsi_target_ip iscsi_target_name iscsi_target_port
      iscsi_username live_dir live_ram liveimg masterkey masterkeytype nameserver netroot nfsroot nbd overlay readonly_overlay
      reset_overlay rootfallback team vlan nompath nodmraid`,
  },
  {
    source:
      'initramfs-tools 0.142: initramfs-tools(7); cryptsetup-initramfs 2.6.1; zfs-initramfs 2.1: README',
    names: `break boot bootdev ip nfsopts nfsroot blacklist
      cryptopts cryptdevice cryptkey crypto zfs zfs_force bootfs rpool lvmwait use_lvm disablehooks earlymodules fsckfix
      nolvm root_lvm`,
  },
  {
    source: 'mkinitcpio 39: mkinitcpio(8); archiso: docs/README.bootparams',
    names:
      'archisobasedir archisolabel archisodevice copytoram cow_label cow_spacesize checksum verify img_dev img_loop',
  },
  {
    source: 'anaconda 42: docs/boot-options.rst and what it lists as deprecated',
    prefixes: ['inst.'],
    names: `
      inst.repo inst.addrepo inst.noverifyssl inst.proxy inst.stage2 inst.stage2.all inst.dd inst.multilib inst.ks inst.ks.all
      inst.ks.sendmac inst.ks.sendsn inst.ks.device inst.ksstrict inst.dhcpclass inst.waitfornet inst.lang inst.singlelang
      inst.geoloc inst.keymap inst.cmdline inst.graphical inst.text inst.noninteractive inst.nointeractive inst.resolution
      inst.vnc inst.vncpassword inst.vncconnect inst.rdp inst.rdp.username inst.rdp.password inst.headless inst.xdriver
      inst.usefbx inst.xtimeout inst.sshd inst.rescue inst.updates inst.nokill inst.loglevel inst.noshell inst.syslog
      inst.virtiolog inst.zram inst.nodmraid inst.nompath inst.gpt inst.disklabel inst.selinux inst.nosave inst.kdump_addon
      inst.leavebootorder inst.extlinux inst.sdboot inst.nonibftiscsiboot inst.profile inst.product inst.variant inst.debug
      inst.memcheck inst.nomemcheck inst.ram_check inst.remotelog inst.webui inst.webui.remote inst.mirrorlist inst.metalink
      inst.askmethod inst.mediacheck inst.decorated inst.notmux inst.lsmod inst.nomount inst.desktop
      method repo ks ksdevice kssendmac kssendsn dns netmask gateway hostname lang keymap stage2 updates vnc vncpassword
      vncconnect askmethod asknetwork leavebootorder extlinux sshd serial`,
  },
  {
    source: 'plymouth 22.02: plymouth(8), ply-boot-splash sources; rhgb of Red Hat’s initscripts',
    prefixes: ['plymouth.'],
    names: `splash nosplash rhgb plymouth.enable plymouth.debug plymouth.splash plymouth.splash_delay plymouth.theme
      plymouth.ignore_serial_consoles plymouth.ignore_udev plymouth.boot_log plymouth.use_simpledrm plymouth.graphical
      plymouth.prefer_fbcon plymouth.force_drm plymouth.force_frame_buffer_on_boot plymouth.force_scale
      plymouth:debug plymouth:splash`,
  },
  {
    source: 'cloud-init 22.4: docs of the NoCloud datasource and of ds-identify; subiquity, snapd',
    prefixes: ['cloud-init.', 'snapd_', 'snapd.'],
    names: `ds cloud-init cloud-config-url network-config ci.ds ci.di.policy ci.datasource.ec2.strict_id url autoinstall
      subiquitydebug snapd_recovery_mode snapd_recovery_system snapd.debug snapd.recovery snapd_system_disk maybe-ubiquity
      only-ubiquity automatic-ubiquity`,
  },
  {
    source: 'live-boot 20230131: live-boot(7); live-config 11.0: live-config(7); casper(7)',
    prefixes: ['live-config.', 'live-media'],
    names: `
      access dm-verity-enforce-roothash-signature dm-verity-oncorruption dm-verity-root-hash fetch findiso fromiso httpfs
      ignore_uuid iscsi live-media live-media-encryption live-media-offset live-media-path live-media-timeout module
      netboot noeject noprompt nofastboot nopersistence nopersistent overlay-size persistence persistent persistence-encryption
      persistence-label persistence-media persistence-method persistence-path persistence-read-only persistence-storage
      ramdisk-size showmounts silent swap swapon todisk toram union verify-checksums live-config components
      live-config.components live-config.debconf-preseed live-config.debug live-config.hooks live-config.hostname
      live-config.keyboard-layouts live-config.keyboard-model live-config.keyboard-options live-config.keyboard-variants
      live-config.locales live-config.noautologin live-config.nocomponents live-config.noroot live-config.nottyautologin
      live-config.nox11autologin live-config.sysv-rc live-config.timezone live-config.user-default-groups
      live-config.user-fullname live-config.username live-config.utc live-config.wlan-driver
      live-config.x-session-manager live-config.xorg-driver live-config.xorg-resolution
      username userfullname hostname locales keyboard-layouts timezone fsck.mode iso-scan/filename layerfs-path`,
  },
  {
    source: 'debian-installer 20230607: installation guide, chapter 5.3 (questions are named with a slash)',
    names: `auto priority interface locale language country keymap domain hostname preseed url theme rescue/enable
      desktop tasks --- modules suite mirror debconf_priority`,
  },
  {
    source: 'linuxrc 8.0: documentation of SUSE’s installer',
    prefixes: ['linuxrc.'],
    names: `install autoyast autoyast2 autoupgrade splash showopts netdevice hostip gateway nameserver ifcfg netsetup usessh
      sshpassword textmode upgrade dud addon startshell insecure instsys linuxrc.log linuxrc.debug linuxrc.core linuxrc.reboot
      linuxrc.stderr linuxrc.exit`,
  },
  {
    source:
      'ostree 2022.7: ostree-prepare-root(1); Ignition 2.x, coreos-installer, Flatcar: their command-line pages',
    prefixes: ['ostree.', 'ignition.', 'coreos.', 'flatcar.'],
    names: `ostree ostree.prepare-root.composefs ignition.firstboot ignition.platform.id ignition.config.url ignition.delete_config
      coreos.inst coreos.inst.install_dev coreos.inst.ignition_url coreos.inst.image_url coreos.inst.save_partlabel
      coreos.inst.save_partindex coreos.inst.insecure coreos.inst.skip_reboot coreos.inst.stream coreos.inst.platform_id
      coreos.live.rootfs_url coreos.first_boot coreos.oem.id coreos.config.url coreos.autologin coreos.no_persist_ip
      coreos.force_persist_ip coreos.unique.boot flatcar.autologin flatcar.config.url flatcar.first_boot flatcar.oem.id
      flatcar.randomize_disk_guid`,
  },
  {
    source:
      'kmod 30: modprobe.d(5); tuned 2.20: the cpu-partitioning profile; multipath-tools 0.9.4; kexec-tools 2.0.25',
    prefixes: ['modprobe.', 'tuned.'],
    names: 'modprobe.blacklist tuned.non_isolcpus nompath mpath kdump_needed nokdump',
  },
  {
    source: 'GRUB 2.06: 10_linux, 20_linux_xen of Ubuntu and SUSE; what their lines carry for other readers',
    names: 'BOOT_IMAGE vt.handoff showopts placeholder recovery',
  },
];
