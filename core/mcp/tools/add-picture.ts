import type { CallToolResult } from '@modelcontextprotocol/server';
import { type JsonValue, isJsonObject } from '../../base/json.ts';
import type { ToolListing } from '../agents/agent-pool.ts';
import type { McpEndpointParts } from '../endpoint-parts.ts';

/** The one tool that is asked for a picture itself. */
const PICTURE_TOOL = 'get_output_image';

/** Pixels that a picture is made no wider than unless the caller says otherwise. */
const WIDTH = 768;

/** Puts the picture into the answer of the tool that was asked for one; every other answer stays as it is. */
export async function addPicture(
  result: CallToolResult,
  tool: ToolListing,
  output: JsonValue,
  readPicture: McpEndpointParts['readPicture'],
): Promise<CallToolResult> {
  if (tool.name !== PICTURE_TOOL || !isJsonObject(output)) return result;
  const { assetId, shownWidth } = output;
  if (typeof assetId !== 'string') return result;
  const picture = await readPicture(assetId, typeof shownWidth === 'number' ? shownWidth : WIDTH);
  if (!picture.ok || !picture.value.mediaType.startsWith('image/')) return result;
  const { bytes, mediaType } = picture.value;
  const data = Buffer.from(bytes).toString('base64');
  return { ...result, content: [...result.content, { type: 'image', data, mimeType: mediaType }] };
}
