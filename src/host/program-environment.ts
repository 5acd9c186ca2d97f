/** Where the administrator's programs lie on systems whose users do not have them on PATH. */
const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** What a program of the machine is run with: the user's environment, the C locale, and the system's places on PATH. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LC_ALL: 'C',
    PATH: [process.env['PATH'], SYSTEM_PATH].filter(Boolean).join(':'),
  };
}
