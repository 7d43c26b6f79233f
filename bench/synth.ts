import { deepStrictEqual } from 'node:assert';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Row } from './table';

interface Run {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly count: Record<string, number>;
}

async function once(kind: 'ours' | 'guide-only' | 'bare', roles: number, rounds: number): Promise<Run> {
  const script = join(import.meta.dirname, 'synth-roles.ts');
  const { stdout } = await execa(process.execPath, [
    '--import',
    'tsx',
    script,
    kind,
    String(roles),
    String(rounds),
  ]);
  return JSON.parse(stdout) as Run;
}

const middle = (runs: readonly Run[]): Run =>
  [...runs].sort((a, b) => a.milliseconds - b.milliseconds)[Math.floor(runs.length / 2)]!;

/** Runs both by turns, so that other work on the machine slows both. */
async function both(roles: number, rounds: number): Promise<{ ours: Run; bare: Run }> {
  const [ours, bare]: [Run[], Run[]] = [[], []];
  for (let run = 0; run < 5; run++) {
    ours.push(await once('guide-only', roles, rounds));
    bare.push(await once('bare', roles, rounds));
  }
  deepStrictEqual(ours[0]!.count, bare[0]!.count);
  return { ours: middle(ours), bare: middle(bare) };
}

/** Synth of our constructs over bare bindings, and its growth. */
export async function benchSynth(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [roles, rounds] of [
    [10, 21],
    [1_000, 3],
  ] as const) {
    const { ours, bare } = await both(roles, rounds);
    rows.push({
      what: `synth of ${roles} roles, constructs over bare bindings`,
      measured: `${ours.milliseconds.toFixed(0)} ms / ${bare.milliseconds.toFixed(0)} ms`,
      value: ours.milliseconds / bare.milliseconds,
      atMost: 1.15,
    });
  }
  const few = middle([await once('ours', 100, 21), await once('ours', 100, 21), await once('ours', 100, 21)]);
  const many = middle([
    await once('ours', 10_000, 3),
    await once('ours', 10_000, 3),
    await once('ours', 10_000, 3),
  ]);
  // The memory of one synth, from a process that does only this one.
  const { megabytes } = await once('ours', 10_000, 1);
  rows.push(
    {
      what: 'synth, time a role at 10,000 roles and 1,000 policies over at 100 and 10',
      measured: `${(many.milliseconds / 10_000).toFixed(2)} ms / ${(few.milliseconds / 100).toFixed(2)} ms`,
      value: many.milliseconds / 10_000 / (few.milliseconds / 100),
      atMost: 1.1,
    },
    {
      what: 'synth, peak memory at 10,000 roles and 1,000 policies over 512 MB',
      measured: `${megabytes.toFixed(0)} MB`,
      value: megabytes / 512,
      atMost: 1,
    },
  );
  return rows;
}
