import type { TerraformStack } from 'cdktf';
import { combineRules, type PolicyRule, renderHcl } from '../../../lib/policy';
import { deployerRules, type Deployment } from '../../../lib/constructs/vault';
import { tokenOfPolicy } from './policy-token';
import type { TestSandbox } from './test-sandbox';

/** Tokens that may plan, or apply, the stacks of a sandbox, and nothing else; root only writes their policies. */
export class Deployers {
  private readonly rules: Record<Deployment, PolicyRule[]> = { plan: [], apply: [] };
  private readonly tokens: Partial<Record<Deployment, string>> = {};

  private asRoot = false;

  constructor(private readonly sandbox: TestSandbox) {}

  /** Adds a stack's rules. Those of before stay: what was taken out of a stack is still to be deleted. */
  add(stack: TerraformStack): void {
    this.asRoot = false;
    for (const deployment of ['plan', 'apply'] as const) {
      this.rules[deployment] = combineRules(this.rules[deployment], deployerRules(stack, deployment));
    }
  }

  /** What follows is about a stack that something else synthesized: root deploys it. */
  leave(): void {
    this.asRoot = true;
  }

  /** The token of a deployment; root's where nothing was synthesized, as for a stack that a test lays itself. */
  async token(deployment: Deployment): Promise<string> {
    const rules = this.rules[deployment];
    if (this.asRoot || rules.length === 0) {
      return this.sandbox.record.vault.token;
    }
    const name = `deployer-${deployment}`;
    await this.sandbox.vault('POST', `sys/policies/acl/${name}`, { policy: renderHcl(rules) });
    return (this.tokens[deployment] ??= await tokenOfPolicy(this.sandbox, name));
  }
}
