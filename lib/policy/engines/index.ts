export { aws } from './aws';
export { database } from './database';
export { kv1 } from './kv1';
export { kv2 } from './kv2';
export { pki } from './pki';
export { ssh } from './ssh';
export { transit } from './transit';
