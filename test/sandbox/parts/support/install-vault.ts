/** A process of its own that gets Vault from the release server given: `install-vault.ts CACHE URL`. */
import { createContext } from '../../../../sandbox/parts/context';
import { install } from '../../../../sandbox/parts/install';
import { vault } from '../../../../sandbox/parts/vault';

const [cacheDir, releasesUrl] = process.argv.slice(2);
const context = createContext({ cacheDir, releasesUrl });
void install('vault', vault.fetch!, context).then(({ path }) => process.stdout.write(path));
