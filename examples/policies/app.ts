import { join } from 'node:path';
import { synthApp } from '../../bin/synth-app';
import { readPolicyFile } from '../../lib/policy';
import { PoliciesStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/policies/app.ts'
const operators = await readPolicyFile(join(import.meta.dirname, 'operators.hcl'));
synthApp((app) => new PoliciesStack(app, 'policies', { operators }));
