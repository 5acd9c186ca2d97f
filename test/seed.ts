import fc from 'fast-check';

/**
 * Property tests draw their cases from this seed. `.ci/run` sets it, so that a change is judged and not its luck;
 * elsewhere every run draws new ones, and a failure prints the seed.
 */
const given = Number.parseInt(process.env['BOOTMEND_SEED'] ?? '', 10);
if (Number.isInteger(given)) fc.configureGlobal({ seed: given });
