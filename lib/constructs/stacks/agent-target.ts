import type { AgentTarget } from '../../agent';
import { type Settings, withDefaults } from './settings';

/** The names of a deployed stack, if they differ from the settings of today. */
export interface DeployedNames {
  readonly mountPath: string;
  readonly roleName: string;
}

/** What the stack of these settings requires of an agent. @param names @default those of the settings */
export function agentTarget(settings: Settings, names?: DeployedNames): AgentTarget {
  const { vault, login } = withDefaults(settings);
  return {
    mountPath: names?.mountPath ?? vault.mountPath,
    vaultAddress: vault.address,
    namespace: vault.access.namespace,
    serverIdHeader: vault.serverIdHeader,
    stsRegion: vault.awsEndpoints?.sts?.region,
    roles: [
      {
        name: names?.roleName ?? login.role.roleName,
        authType: 'iam',
        tokenNumUses: login.role.tokenNumUses,
      },
    ],
  };
}
