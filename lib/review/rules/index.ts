import type { ReviewRule } from '../rule';
import { accessGained } from './access-gained';
import { accessLost } from './access-lost';
import { resolveOff } from './resolve-off';

/** Every rule, each in the file of its id. */
export const RULES: readonly ReviewRule[] = [accessGained, accessLost, resolveOff];
