export { visible, visibleAndShort, visibleJson } from './visible';
