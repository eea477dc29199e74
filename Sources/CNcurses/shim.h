// ncursesw for Swift. The wide API needs NCURSES_WIDECHAR before <curses.h>; pkg-config's defines are refused
// by the package manager. What the importer cannot see (macros with casts, shared globals) is wrapped here.
#pragma once
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

static const attr_t nc_bold = WA_BOLD;
static const attr_t nc_dim = WA_DIM;
static const attr_t nc_underline = WA_UNDERLINE;
static const attr_t nc_reverse = WA_REVERSE;
static const attr_t nc_normal = WA_NORMAL;

extern int wcwidth(wchar_t);

static inline WINDOW *nc_stdscr(void) { return stdscr; }
static inline int nc_colors(void) { return COLORS; }
static inline int nc_color_pairs(void) { return COLOR_PAIRS; }
static inline int nc_key_f(int n) { return KEY_F(n); }
static inline FILE *nc_stdin(void) { return stdin; }
static inline FILE *nc_stdout(void) { return stdout; }

// Starts colours with the terminal's own as default and tells how many there are.
static inline int nc_colors_after_start(void) {
  if (start_color() == ERR) return 0;
  use_default_colors();
  return COLORS;
}

static inline mmask_t nc_all_mouse_events(void) { return ALL_MOUSE_EVENTS; }

// Since ncurses 6.1 the last argument of setcchar may point to an int pair, which reaches beyond 32767.
static inline int nc_setcchar(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, 0, &pair);
}
