import { useEffect, useState } from 'preact/hooks';

const QUERIES = [
  '(prefers-color-scheme: dark)',
  '(forced-colors: active)',
  '(min-resolution: 1.5dppx)',
];

/** Another value whenever colors or the screen are others, for what is not drawn by the style sheet. */
export function useTheme(): string {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    const read = (): void => setTheme(readTheme());
    const lists = QUERIES.map((query) => matchMedia(query));
    for (const list of lists) list.addEventListener('change', read);
    return () => {
      for (const list of lists) list.removeEventListener('change', read);
    };
  }, []);
  return theme;
}

function readTheme(): string {
  return QUERIES.map((query) => (matchMedia(query).matches ? 1 : 0)).join('');
}
