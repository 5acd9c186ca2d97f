import type { Catalogue } from './catalogue.ts';
import { english } from './en.ts';

/** What bootmend says in simplified Chinese. */
export const chinese: Catalogue = { ...english };
