import { synthApp } from '../../lib/constructs';
import { organization } from './stacks';

// All of it: npx cdktf deploy --app 'node --import tsx examples/organization/app.ts' '*'
// The team of an account: … billing. Then the team of Vault: … vault --ignore-missing-stack-dependencies
synthApp((app) => {
  organization(app);
});
