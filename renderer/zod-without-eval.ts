import { z } from 'zod';

// The page's own rules forbid making code from text, which zod would try in order to be faster. It decides
// that while schemas are made, so this file is imported before any of them.
z.config({ jitless: true });
