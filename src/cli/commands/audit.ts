export { status as audit } from './status.ts';
