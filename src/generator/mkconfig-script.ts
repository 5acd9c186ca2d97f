import type { GeneratorScripts } from '../facts/generator-scripts.ts';
import type { LaterLineKind } from './later-line.ts';
import type { LineTemplate } from './line-template.ts';

/** What a script of /etc/grub.d puts on the lines of a kernel's entries, with the variables still in it. */
export interface ScriptLines {
  readonly templates: readonly (LineTemplate & { readonly kind: LaterLineKind })[];
  /** The script itself, for what else it does; what its upstream has where it is not in this tree. */
  readonly script: LineTemplate;
}

const LINUX = '/etc/grub.d/10_linux';
const XEN = '/etc/grub.d/20_linux_xen';

/**
 * The parts of GRUB's own scripts that make the words of a line.
 *
 * Source: util/grub.d/10_linux.in and 20_linux_xen.in of GRUB 2.06, with Debian's GRUB_CMDLINE_LINUX_RECOVERY.
 */
const UPSTREAM_LINUX = `
	linux	\${rel_dirname}/\${basename} root=\${linux_root_device_thisversion} ro \${args}
  linux_entry "\${OS}" "\${version}" advanced \\
    "\${GRUB_CMDLINE_LINUX} \${GRUB_CMDLINE_LINUX_DEFAULT}"
  linux_entry "\${OS}" "\${version}" recovery \\
    "single \${GRUB_CMDLINE_LINUX}"
`;
const DEBIAN_LINUX = UPSTREAM_LINUX.replace('"single ', '"${GRUB_CMDLINE_LINUX_RECOVERY} ');
const SUSE_LINUX = UPSTREAM_LINUX.replace('} ro ${args}', '} \\${extra_cmdline} ${args}');
const UPSTREAM_XEN = `
	\${xen_loader}	\${rel_xen_dirname}/\${xen_basename} placeholder \${xen_args} \\\${xen_rm_opts}
	\${module_loader}	\${rel_dirname}/\${basename} placeholder root=\${linux_root_device_thisversion} ro \${args}
if [ "\${GRUB_CMDLINE_LINUX_XEN_REPLACE}" ]; then
if [ "\${GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT}" ]; then
	linux_entry "\${OS}" "\${version}" "\${xen_version}" advanced \\
	    "\${GRUB_CMDLINE_LINUX} \${GRUB_CMDLINE_LINUX_DEFAULT}" "\${GRUB_CMDLINE_XEN} \${GRUB_CMDLINE_XEN_DEFAULT}"
	linux_entry "\${OS}" "\${version}" "\${xen_version}" recovery \\
	    "single \${GRUB_CMDLINE_LINUX}" "\${GRUB_CMDLINE_XEN}"
`;

/** What 10_linux puts on a line; undefined where this tree's grub-mkconfig runs no such script. */
export function linuxScript(scripts: GeneratorScripts, family: string): ScriptLines | undefined {
  const usual =
    family === 'debian' || family === 'ubuntu'
      ? DEBIAN_LINUX
      : family === 'suse'
        ? SUSE_LINUX
        : UPSTREAM_LINUX;
  const script = scriptAt(scripts, LINUX, usual);
  return (
    script && {
      script,
      templates: templatesOf(script, ['normal', 'recovery'], /^[ \t]*linux[^\n]*\$\{args\}[^\n]*$/m, 1),
    }
  );
}

/** What 20_linux_xen puts on the lines of the hypervisor and of Linux under it. */
export function xenScript(scripts: GeneratorScripts): ScriptLines | undefined {
  const script = scriptAt(scripts, XEN, UPSTREAM_XEN);
  if (script === undefined) return undefined;
  const linux = templatesOf(script, ['dom0', 'dom0-recovery'], /^[^\n#]*\$\{args\}[^\n]*$/m, 1);
  const hypervisor = templatesOf(script, ['hypervisor'], /^[^\n#]*\$\{xen_args\} [^\n]*$/m, 2);
  return { script, templates: [...linux, ...hypervisor] };
}

function scriptAt({ scripts }: GeneratorScripts, path: string, usual: string): LineTemplate | undefined {
  if (scripts === undefined) return { path, text: usual };
  const name = path.slice(path.lastIndexOf('/') + 1);
  const script = scripts.find((one) => one.name === name);
  return script && { path: script.path, text: script.text };
}

/**
 * The line of a script with the arguments of its calls in it: one template for each kind of entry.
 *
 * @param kinds of a kernel's plain entries, then of those for recovery
 * @param line the command in the script's here-document
 * @param argument which of the call's last arguments the command gets
 */
function templatesOf(
  { text, path }: LineTemplate,
  kinds: readonly LaterLineKind[],
  line: RegExp,
  argument: 1 | 2,
): ScriptLines['templates'] {
  const found = line.exec(text)?.[0] ?? '';
  const [before = '', after = ''] = found
    .trim()
    .replace(/^\S+[ \t]+\S+[ \t]*/, '')
    .replace(/^placeholder[ \t]+/, '')
    .split(/\$\{(?:xen_)?args\}/);
  return kinds.flatMap((kind, index) => {
    const call = callOf(text, index === 0 ? 'advanced' : 'recovery', argument);
    return call === undefined ? [] : [{ text: `${before}${call}${after}`, path, kind }];
  });
}

/** An argument of the call that makes entries of a type. */
function callOf(text: string, type: string, argument: 1 | 2): string | undefined {
  const call = new RegExp(
    `^[ \\t]*linux_entry[^\\n]* ${type}[ \\t]*(?:\\\\\\n)?[ \\t]*"([^"\\n]*)"(?:[ \\t]+"([^"\\n]*)")?`,
    'm',
  );
  return call.exec(text)?.[argument];
}
