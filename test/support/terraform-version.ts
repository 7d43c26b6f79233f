// A program to start for each test file, whose answer no test but one is about: see terraform-version.test.ts.
jest.mock('../../lib/constructs/terraform/terraform-version', () => ({ terraformVersionProblems: () => [] }));
