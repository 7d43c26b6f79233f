import { cached } from './install';
import { moto } from './moto';
import type { Context, Installed, Part, Recipe } from './part';
import { providerAws } from './provider-aws';
import { providerVault } from './provider-vault';
import { terraform } from './terraform';
import { vault } from './vault';

/** All parts of the sandbox, in the order in which it gets them. */
export const PARTS = [terraform, vault, providerVault, providerAws, moto];

/** Where a part is, or how to get it, or why that is not possible. */
export type Location = { part: Part; passedOver: string[] } & (
  | { state: 'found' | 'cached'; installed: Installed }
  | { state: 'obtainable'; recipe: Recipe }
  | { state: 'missing'; obstacles: string[] }
);

/** Looks for a part: on PATH, in the cache, then whether its release host answers, then what a build needs. */
export async function locate(part: Part, context: Context): Promise<Location> {
  const { installed, passedOver } = await part.find(context);
  if (installed) return { part, passedOver, state: 'found', installed };
  const recipes = [part.fetch, part.build].filter((recipe) => recipe !== undefined);
  for (const recipe of recipes) {
    const there = await cached(recipe, context);
    if (there) return { part, passedOver, state: 'cached', installed: there };
  }
  const obstacles: string[] = [];
  for (const recipe of recipes) {
    const obstacle = await recipe.obstacle(context);
    if (obstacle === undefined) return { part, passedOver, state: 'obtainable', recipe };
    obstacles.push(obstacle);
  }
  return { part, passedOver, state: 'missing', obstacles };
}
