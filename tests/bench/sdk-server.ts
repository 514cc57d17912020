// The least that an MCP server which asks ComfyUI can be: the SDK alone, in the client's own child process.
import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { JsonObjectSchema } from '../../core/contract/json.schema.ts';

const [, , url = ''] = process.argv;
const server = new McpServer({ name: 'the SDK alone', version: '1.0.0' });
server.registerTool('get_system_stats', { description: 'What the server tells' }, async () => {
  const response = await fetch(url);
  const stats = JsonObjectSchema.parse(await response.json());
  return { content: [{ type: 'text', text: JSON.stringify(stats) }], structuredContent: stats };
});
await server.connect(new StdioServerTransport());
