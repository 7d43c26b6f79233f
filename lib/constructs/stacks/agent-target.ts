import type { AgentTarget } from '../../agent';
import { type Settings, withDefaults } from './settings';

/** The names of a deployed stack, if they differ from the settings of today. */
export interface DeployedNames {
  readonly mountPath: string;
  /** In the order of the settings. */
  readonly roleNames: readonly string[];
}

/** What the stack of these settings requires of an agent. @param names @default those of the settings */
export function agentTarget(settings: Settings, names?: DeployedNames): AgentTarget {
  const { vault, logins } = withDefaults(settings);
  const [first] = logins;
  const roleNames = names?.roleNames ?? logins.map(({ role }) => role.roleName);
  return {
    mountPath: names?.mountPath ?? vault.mountPath,
    vaultAddress: vault.address,
    namespace: vault.access.namespace,
    serverIdHeader: vault.serverIdHeader,
    stsRegion: vault.awsEndpoints?.sts?.region,
    roles: roleNames.map((name, index) => {
      // The first role may be deployed under another name than the settings say today.
      const login = index === 0 ? first : logins.find(({ role }) => role.roleName === name);
      return { name, authType: 'iam', tokenNumUses: login?.role.tokenNumUses };
    }),
  };
}
