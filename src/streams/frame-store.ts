/** Where the bytes of open frames lie that memory has no room for. A frame is put once, and deleted after it was got. */
export interface FrameStore {
  put(position: number, bytes: Uint8Array): void;
  get(position: number): Uint8Array;
  delete(position: number): void;
}
