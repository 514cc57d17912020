/** "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync", as ComfyUI names its device, to the card's own name. */
export function toCardName(device: string): string {
  return device
    .replace(/^(?:cuda|xpu|npu|mlu|privateuseone|hip)(?::\d+)?\s+/i, '')
    .replace(/\s+:\s+\S*$/, '')
    .trim();
}
