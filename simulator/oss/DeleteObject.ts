import { bucketOf } from './objects';
import type { OssOperation } from './operation';

/** 204 whether or not it was there. https://www.alibabacloud.com/help/en/oss/developer-reference/deleteobject */
export const DeleteObject: OssOperation = (world, _request, { bucket, key }) => {
  bucketOf(world, bucket).delete(key);
  return { status: 204 };
};
