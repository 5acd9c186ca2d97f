// The portable folder as an RPM and as a Debian package, with the manual page and the completions where the system looks.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TIME } from './archive.js';

const ARCHITECTURES = { x64: { rpm: 'x86_64', deb: 'amd64' }, arm64: { rpm: 'aarch64', deb: 'arm64' } };
const SUMMARY = 'Change kernel boot parameters, proven before the reboot';
const DESCRIPTION =
  'bootmend changes kernel boot parameters so that the change is proven before the reboot, seen before it is written, and undone byte for byte. It brings its own Node.';

/** @returns the path of the package */
export function writeRpm(folder, target, { version, architecture, compression }) {
  return withTemporary((work) => {
    const arch = ARCHITECTURES[architecture].rpm;
    installInto(folder, join(work, 'tree'));
    const spec = join(work, 'bootmend.spec');
    writeFileSync(spec, specOf(version, join(work, 'tree')));
    const defines = [
      `_topdir ${work}`,
      // Both are what CentOS 7's rpm can unpack.
      `_binary_payload ${compression === 'gzip' ? 'w6.gzdio' : 'w6.xzdio'}`,
      '_build_id_links none',
      '__os_install_post %{nil}',
      '_buildhost localhost',
      'use_source_date_epoch_as_buildtime 1',
      'clamp_mtime_to_source_date_epoch 1',
    ].flatMap((define) => ['--define', define]);
    const environment = { ...process.env, SOURCE_DATE_EPOCH: TIME };
    const words = ['-bb', '--quiet', '--target', arch, ...defines, spec];
    execFileSync('rpmbuild', words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    const [name] = readdirSync(join(work, 'RPMS', arch));
    cpSync(join(work, 'RPMS', arch, name), join(target, name));
    return join(target, name);
  });
}

/** @returns the path of the package */
export function writeDeb(folder, target, { version, architecture, compression }) {
  return withTemporary((work) => {
    const arch = ARCHITECTURES[architecture].deb;
    const tree = join(work, 'tree');
    installInto(folder, tree);
    mkdirSync(join(tree, 'DEBIAN'));
    const control = {
      Package: 'bootmend',
      Version: version,
      Architecture: arch,
      Maintainer: 'bootmend <bootmend@localhost>',
      Section: 'admin',
      Priority: 'optional',
      Depends: 'util-linux',
      Description: `${SUMMARY}\n ${DESCRIPTION}`,
    };
    const text = Object.entries(control).map(([key, value]) => `${key}: ${value}\n`);
    writeFileSync(join(tree, 'DEBIAN/control'), text.join(''));
    const path = join(target, `bootmend_${version}_${arch}.deb`);
    const environment = { ...process.env, SOURCE_DATE_EPOCH: TIME };
    const words = ['--root-owner-group', `-Z${compression}`, '--build', tree, path];
    execFileSync('dpkg-deb', words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    return path;
  });
}

function installInto(folder, tree) {
  const home = join(tree, 'usr/lib/bootmend');
  cpSync(folder, home, { recursive: true, preserveTimestamps: true });
  const links = {
    'usr/bin/bootmend': '../lib/bootmend/bootmend',
    'usr/share/man/man8/bootmend.8': '../../../lib/bootmend/man/bootmend.8',
    'usr/share/man/zh_CN/man8/bootmend.8': '../../../../lib/bootmend/man/bootmend.zh_CN.8',
    'usr/share/bash-completion/completions/bootmend': '../../../lib/bootmend/completion/bootmend.bash',
    'usr/share/zsh/site-functions/_bootmend': '../../../lib/bootmend/completion/bootmend.zsh',
    'usr/share/fish/vendor_completions.d/bootmend.fish': '../../../lib/bootmend/completion/bootmend.fish',
  };
  for (const [path, to] of Object.entries(links)) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    symlinkSync(to, join(tree, path));
  }
  execFileSync('find', [tree, '-exec', 'touch', '--no-dereference', `--date=@${TIME}`, '{}', '+']);
}

function specOf(version, tree) {
  return `Name: bootmend
Version: ${version}
Release: 1
Summary: ${SUMMARY}
License: MIT
Requires: util-linux
AutoReqProv: no
%global debug_package %{nil}
%description
${DESCRIPTION}
%install
cp -a ${tree}/. %{buildroot}
%files
%defattr(-,root,root,-)
/usr/lib/bootmend
/usr/bin/bootmend
/usr/share/man/man8/bootmend.8
/usr/share/man/zh_CN/man8/bootmend.8
/usr/share/bash-completion/completions/bootmend
/usr/share/zsh/site-functions/_bootmend
/usr/share/fish/vendor_completions.d/bootmend.fish
`;
}

function withTemporary(use) {
  const work = mkdtempSync(join(tmpdir(), 'bootmend-package-'));
  try {
    return use(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
