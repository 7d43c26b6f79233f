import { join } from 'node:path';
import { readPolicyFile, synthApp } from '../../lib/constructs';
import { PoliciesStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/policies/app.ts'
const operators = await readPolicyFile(join(import.meta.dirname, 'operators.hcl'));
synthApp((app) => new PoliciesStack(app, 'policies', { operators }));
