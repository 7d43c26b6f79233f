/**
 * How many of something a test makes: few in `npm test`, all in `npm run test:long`. For what takes long by its nature;
 * each size is a whole test, and only its number of tries or members differs.
 */
export function size(few: number, all: number): number {
  return process.env.TEST_LONG ? all : few;
}
