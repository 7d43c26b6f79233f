import { sandboxes } from './sandboxes';

// Each of these tests waits for real servers and for Terraform, on a machine that may be busy.
jest.setTimeout(300_000);

// Not the subject of any test; see bin/terminal.ts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// For test/support/environment.cjs, which knows when a test fails.
Object.assign(globalThis, { sandboxes });
