const UNKNOWN = 'application/octet-stream';
const SHAPE = /^[a-z0-9][a-z0-9.+-]{0,63}\/[a-z0-9][a-z0-9.+-]{0,63}$/;
/** Types a browser would run or draw; nobody looks at such a file within Tidings. */
const ACTIVE = /html|svg|script|shockwave|^multipart|[/+]xml$/;

/** The type a file is handed out as: the one its sender says, unless a browser might run it or its bytes deny it. */
export function mediaType(said: string | undefined, image: string | undefined): string {
  if (image !== undefined) return image;
  const type = (said ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return SHAPE.test(type) && !ACTIVE.test(type) && !type.startsWith('image/') ? type : UNKNOWN;
}
