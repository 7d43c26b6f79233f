import { synthApp } from '../../lib/constructs';
import { AgentStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/agent/app.ts'
//
// Then print the configuration of each of the three agents, and what runs it:
//
// npx vault-aws-auth agent-config --stack agent --agent instance > web.hcl              /etc/vault-agent on the instance
// npx vault-aws-auth agent-config --stack agent --agent instance --systemd              the unit around it
// npx vault-aws-auth agent-config --stack agent --agent container                       for a container next to the app
// npx vault-aws-auth agent-config --stack agent --agent container --kubernetes          the same on EKS, by IRSA
// npx vault-aws-auth agent-config --stack agent --agent laptop > ~/.config/agent.hcl    vault agent -config=…
synthApp(
  (app) =>
    new AgentStack(app, 'agent', {
      vaultAddress: 'https://vault.example.com:8200',
      region: 'eu-central-1',
      vpcId: 'vpc-0123456789abcdef0',
      instanceRoleName: 'web',
      taskRoleName: 'worker',
      userName: 'alice',
    }),
);
