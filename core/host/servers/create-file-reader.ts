import type { Result } from '../../base/result.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { ServerAccess } from '../../ports/server-access.ts';
import { parseComfyAddress } from '../../shell/comfy/address.ts';
import { createComfyHttp } from '../../shell/comfy/create-comfy-http.ts';
import { createComfyRequests } from '../../shell/comfy/create-comfy-requests.ts';

/** Fetches single files from a server that is not in use, and holds no connection to it. */
export function createFileReader(
  url: string,
  accessTo: (url: string) => Promise<Result<ServerAccess, AppError>>,
): Pick<Comfy, 'fetchFile'> {
  return {
    fetchFile: async (file) => {
      const access = await accessTo(url);
      if (!access.ok) return access;
      const address = parseComfyAddress(url, access.value);
      if (!address.ok) return address;
      const http = createComfyHttp(address.value);
      const answer = await createComfyRequests(http).fetchFile(file);
      http.dispose();
      return answer;
    },
  };
}
