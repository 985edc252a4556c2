addEventListener('install', () => {});
