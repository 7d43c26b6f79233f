export type { AccessKey, MotoServer } from './moto-server';
export type { VaultServer } from './vault-server';
