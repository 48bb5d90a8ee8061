import { ownTales } from './own';
import { shippedTales } from './shipped';
import type { Tale } from './tale';

export const tales: Readonly<Record<string, () => Tale>> = { ...ownTales, ...shippedTales };
