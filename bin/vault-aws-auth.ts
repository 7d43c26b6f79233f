import { Command } from 'commander';
import { addAdopt } from './commands/adopt';
import { addAgentCheck } from './commands/agent-check';
import { addAgentConfig } from './commands/agent-config';
import { addCheck } from './commands/check';
import { addClearInstance } from './commands/clear-instance';
import { addDeployerPolicy } from './commands/deployer-policy';
import { addDoctor } from './commands/doctor';
import { addEndTokens } from './commands/end-tokens';
import { addRestoreClient } from './commands/restore-client';
import { addReview } from './commands/review';
import { addVerify } from './commands/verify';
import { run } from './terminal';

const program = new Command('vault-aws-auth')
  .description("Vault's AWS auth method as code: checks beside `cdktf deploy`.")
  .showHelpAfterError();

addVerify(program);
addCheck(program);
addAdopt(program);
addDeployerPolicy(program);
addAgentConfig(program);
addAgentCheck(program);
addDoctor(program);
addEndTokens(program);
addClearInstance(program);
addRestoreClient(program);
addReview(program);

run(program);
