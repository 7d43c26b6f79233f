import { parsePolicy, type PolicyRule, renderHcl } from '../lib/policy';
import { middle } from './measure';
import type { Row } from './table';

const RULES = 30_000;
const POLICIES = 10_000;
const RUNS = 5;

/**
 * Reading policies, over JavaScript's own reading of the same rules as JSON. The bound is a sixth of what a parser in
 * WebAssembly took that was here before: some 600 times as long.
 */
export function benchPolicies(): Promise<Row[]> {
  return Promise.resolve([
    row(`read one policy with ${RULES.toLocaleString('en')} rules`, [rulesOf('one', RULES)], 100),
    row(
      `read ${POLICIES.toLocaleString('en')} policies`,
      Array.from({ length: POLICIES }, (_, index) => rulesOf(`policy-${index}`, 3)),
      100,
    ),
  ]);
}

function row(what: string, policies: readonly (readonly PolicyRule[])[], atMost: number): Row {
  const [texts, json] = [policies.map(renderHcl), policies.map((rules) => JSON.stringify(rules))];
  const ratios: number[] = [];
  let measured = '';
  for (let run = 0; run < RUNS; run++) {
    const read = timed(() => texts.forEach((text) => parsePolicy(text, 'bench')));
    const parse = timed(() => json.forEach((text) => void JSON.parse(text)));
    ratios.push(read / parse);
    measured = `${read.toFixed(0)} ms / ${parse.toFixed(1)} ms`;
  }
  return { what: `${what}, over JSON.parse of the same rules`, measured, value: middle(ratios), atMost };
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** As a policy of a platform has them: three engines, some with parameters. */
function rulesOf(name: string, count: number): PolicyRule[] {
  return Array.from({ length: count }, (_, index): PolicyRule => {
    const path = `secret/data/${name}/${index}/*`;
    return index % 10 === 0
      ? { path, capabilities: ['create', 'update'], allowedParameters: { ttl: ['1h', '2h'], '*': [] } }
      : { path, capabilities: ['read', 'list'] };
  });
}
