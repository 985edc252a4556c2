/** Runs in the page. How much of a map of pieces is painted as held pieces are. */
export function countHeldPixels(map: Element): number {
  if (!(map instanceof HTMLCanvasElement)) return Number.NaN;
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(map).color.match(/\d+/g) ?? []).map(
    Number,
  );
  const { data } = map.getContext('2d')?.getImageData(0, 0, map.width, map.height) ?? { data: [] };
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
  }
  return count / (data.length / 4);
}
