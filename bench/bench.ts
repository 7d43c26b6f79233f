import { benchApply } from './apply';
import { benchDeploy } from './deploy';
import { benchMembership } from './membership';
import { benchSandbox } from './sandbox';
import { benchSynth } from './synth';
import { render, type Row } from './table';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Marks a miss and exits 0: how fast a machine is, is no property of the code.
const rows: Row[] = [];
for (const [name, bench] of Object.entries({
  synth: benchSynth,
  deploy: benchDeploy,
  apply: benchApply,
  membership: benchMembership,
  sandbox: benchSandbox,
})) {
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await bench()));
}
console.log(render(rows));
