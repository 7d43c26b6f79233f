import { benchApply } from './apply';
import { benchDeploy } from './deploy';
import { benchMembership } from './membership';
import { benchPolicies } from './policies';
import { benchReview } from './review';
import { benchSandbox } from './sandbox';
import { benchSynth } from './synth';
import { render, type Row } from './table';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Marks a miss and exits 0, because the speed of a machine is not a property of the code.
const BENCHES = {
  synth: benchSynth,
  deploy: benchDeploy,
  apply: benchApply,
  membership: benchMembership,
  policies: benchPolicies,
  review: benchReview,
  sandbox: benchSandbox,
};

// `npm run bench -- synth apply` measures only these two. Membership takes a quarter of an hour or more.
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. The benches are ${Object.keys(BENCHES).join(', ')}.`,
  );
  process.exit(1);
}
const rows: Row[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) {
    continue;
  }
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await bench()));
}
console.log(render(rows));
