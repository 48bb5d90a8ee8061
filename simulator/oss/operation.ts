import type { WireAnswer, WireRequest } from '../core/http';
import type { World } from '../core/world';
import type { OssAddress } from './address';
import { renderXml, type Xml } from '../core/xml';

/** One OSS operation: reads or changes the world, answers, or throws `OssError`. */
export type OssOperation = (world: World, request: WireRequest, address: OssAddress) => WireAnswer;

/** A success whose body is one XML document. */
export function xmlAnswer(root: string, content: Xml): WireAnswer {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: renderXml(root, content) };
}
