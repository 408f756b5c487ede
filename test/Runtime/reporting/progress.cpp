//===- progress.cpp - A line that shows how the training goes -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where and when the line is drawn. Times are those that the test gives: nothing
// is timed. A pseudo-terminal stands for the terminal.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -I%source/runtime -std=c++20 -Wall -Wextra -Werror \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all \
// RUN:   %s %runtime -o %t && %t

#include "../Inputs/check.h"
#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <limits>
#include <retrograd/reporting/progress.h>
#include <stdexcept>
#include <string>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <vector>

using namespace retrograd;

/// A stream that is a file, and what was written to it.
class written {
public:
  std::FILE *stream() { return file_; }
  std::string text() {
    std::string all(std::size_t(std::ftell(file_)), '\0');
    std::rewind(file_);
    CHECK_THAT(std::fread(all.data(), 1, all.size(), file_) == all.size());
    return all;
  }
  ~written() { std::fclose(file_); }

private:
  std::FILE *file_ = std::tmpfile();
};

/// A stream that is a terminal of so many columns.
class terminal {
public:
  explicit terminal(unsigned short columns)
      : master_(posix_openpt(O_RDWR | O_NOCTTY)) {
    CHECK_THAT(grantpt(master_) == 0 && unlockpt(master_) == 0);
    stream_ = std::fopen(ptsname(master_), "r+");
    CHECK_THAT(stream_ != nullptr);
    termios raw = {};
    tcgetattr(master_, &raw);
    raw.c_oflag &= ~tcflag_t(OPOST);
    tcsetattr(master_, TCSANOW, &raw);
    resize(columns);
}
  ~terminal() {
    std::fclose(stream_);
    close(master_);
  }
  void resize(unsigned short columns) {
    winsize size = {};
    size.ws_col = columns;
    ioctl(master_, TIOCSWINSZ, &size);
  }
  std::FILE *stream() { return stream_; }
  std::string text() {
    // What is written comes out some time later; the mark says that all has.
    constexpr char mark = '\x06';
    std::fputc(mark, stream_);
    std::fflush(stream_);
    std::string all;
    while (!all.ends_with(mark)) {
      char part[4096];
      const ssize_t size = read(master_, part, sizeof part);
      CHECK_THAT(size > 0);
      all.append(part, std::size_t(size));
    }
    all.pop_back();
    return all;
}

private:
  int master_;
  std::FILE *stream_;
};

static const training_plan plan = {.model = "loss",
                                   .optimizer = "Adam",
                                   .executor = "serial",
                                   .parameters = 10,
                                   .samples = 3200,
                                   .validation_samples = 0,
                                   .batch_size = 32,
                                   .steps_per_epoch = 100,
                                   .epochs = 20};

/// A hundred steps a second.
static progress_state at_step(std::int64_t step) {
  progress_state state;
  state.epoch = (step - 1) / 100 + 1;
  state.step = step;
  state.step_of_epoch = (step - 1) % 100 + 1;
  state.samples = std::uint64_t(32 * step);
  state.seconds = 0.01 * double(step);
  state.loss = 1.0 / double(step);
  state.lr = 1e-3;
  return state;
}

static void run(progress &display) {
  display.begin(plan);
  for (std::int64_t step = 1; step <= 2000; ++step)
    display.update(at_step(step));
}

static std::ptrdiff_t count(const std::string &text, const std::string &what) {
  std::ptrdiff_t n = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; ++at)
    ++n;
  return n;
}

static void plain_lines_now_and_then() {
  written file;
  {
    progress display({.stream = file.stream(), .name = "digits"});
    run(display);
    summary done;
    done.epochs = 20;
    display.end(done);
  }
  const std::string text = file.text();
  // Twenty seconds: one after ten, one after twenty, and the report.
  CHECK_THAT(count(text, "\n") == 3);
  CHECK_THAT(text.starts_with(
      "digits: epoch 10/20, step 1000/2000 (50 %), loss 0.001000, rate 0.001, "
      "3.20k samples/s, 10.0 s, ETA 0:10\n"));
  CHECK_THAT(count(text, "digits: 20 epochs, ") == 1);
  CHECK_THAT(text.find('\r') == text.npos && text.find('\x1b') == text.npos);
}

static void redrawn_ten_times_a_second() {  terminal screen(100);
  std::string text;
  {
    progress display({.stream = screen.stream(), .unicode = false});
    display.begin(plan);
    for (std::int64_t step = 1; step <= 2000; ++step) {
      display.update(at_step(step));
      // A terminal that nobody reads from takes no more than a page.
      text += screen.text();
    }
    display.end({});
    text += screen.text();
  }
const std::ptrdiff_t draws = count(text, "\repoch");
  CHECK_THAT(draws >= 150 && draws <= 200);
  CHECK_THAT(count(text, "\n") == 1);
  CHECK_THAT(text.find("ETA 0:10") != text.npos);
  // The report stands where the line was.
  CHECK_THAT(text.find("\r\x1b[K0 epochs, 0 steps") != text.npos);
}

/// What a terminal shows, without its escape codes.
static std::vector<std::string> lines(const std::string &text) {
  std::vector<std::string> all = {""};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b')
      i = text.find_first_of("mK", i);
    else if (text[i] == '\r' || text[i] == '\n')
      all.emplace_back();
    else if ((text[i] & 0xC0) != 0x80)
      all.back() += text[i];
  }
  return all;
}

static void fits_any_width() {
  for (const bool unicode : {false, true})
    for (unsigned short columns = 10; columns < 200; ++columns) {
      terminal screen(columns);
      progress display({.stream = screen.stream(),
                        .name = "größe\nof it",
                        .unicode = unicode});
      display.begin(plan);
      progress_state state = at_step(777);
      state.validation_loss = 0.125;
      display.update(state);
      const std::string text = screen.text();
      CHECK_THAT(text.find('\n') == text.npos);
      const std::string line = lines(text).back();
      // The last column stays empty.
      CHECK_THAT(line.size() < columns);
      CHECK_THAT(columns < 13 || line.find("loss 0.0012") != line.npos);
      CHECK_THAT(columns < 60 || line.size() > 45);
      CHECK_THAT(columns < 130 || (line.find("val 0.1250") != line.npos &&
                                   line.find("rate 0.001") != line.npos &&
                                   line.find("samples/s") != line.npos));
    }
}

static void follows_the_window() {
  terminal screen(120);
  progress display({.stream = screen.stream()});
  display.begin(plan);
  display.update(at_step(100));
  CHECK_THAT(lines(screen.text()).back().size() > 60);
  screen.resize(30);
  display.update(at_step(200));
  CHECK_THAT(lines(screen.text()).back().size() < 30);
}

static std::string drawn(progress_options options = {}) {
  terminal screen(100);
  options.stream = screen.stream();
  progress display(options);
  display.begin(plan);
  display.update(at_step(100));
  return screen.text();
}

static void knows_the_environment() {
  setenv("LC_ALL", "C.UTF-8", 1);
  CHECK_THAT(drawn().find("\x1b[1m") != std::string::npos);
  CHECK_THAT(drawn().find("━") != std::string::npos);
  setenv("LC_ALL", "C", 1);
  CHECK_THAT(drawn().find("━") == std::string::npos);
  CHECK_THAT(drawn().find("#") != std::string::npos);
  setenv("NO_COLOR", "1", 1);
  CHECK_THAT(drawn().find("\x1b[1m") == std::string::npos);
  CHECK_THAT(drawn({.color = true}).find("\x1b[1m") != std::string::npos);
  setenv("NO_COLOR", "", 1);
  CHECK_THAT(drawn().find("\x1b[1m") != std::string::npos);
  setenv("TERM", "dumb", 1);
  CHECK_THAT(drawn().empty());
  setenv("TERM", "xterm", 1);
  CHECK_THAT(drawn({.display = progress_display::none}).empty());
}

static void notes_stand_above() {
  terminal screen(100);
  progress display({.stream = screen.stream()});
  display.note("before");
  display.begin(plan);
  display.update(at_step(100));
  display.note("a warning");
  const std::vector<std::string> all = lines(screen.text());
  CHECK_THAT(all[0] == "before");
  CHECK_THAT(all[all.size() - 2] == "a warning");
  CHECK_THAT(all.back().starts_with("epoch  1/20"));
}

static void shows_what_is_wrong() {
  terminal screen(100);
  progress display({.stream = screen.stream()});
  display.begin(plan);
  progress_state state = at_step(100);
  state.loss = std::numeric_limits<double>::quiet_NaN();
  display.update(state);
  CHECK_THAT(screen.text().find("\x1b[31mloss nan") != std::string::npos);
}

/// Neither steps nor epochs are known beforehand: no percents, no ETA.
static void unknown_length() {
  written file;
  progress display({.stream = file.stream()});
  display.begin({});
  progress_state state = at_step(1500);
  display.update(state);
  CHECK_THAT(file.text() == "epoch 15, loss 0.0006667, rate 0.001, "
                            "3.20k samples/s, 15.0 s\n");
}

/// Steps of an earlier run take no time of this one.
static void resumed() {
  written file;
  progress display({.stream = file.stream()});
  training_plan rest = plan;
  rest.first_epoch = 11;
  display.begin(rest);
  progress_state state = at_step(1500);
  state.seconds = 10;
  state.samples = 16000;
  display.update(state);
  CHECK_THAT(file.text().find("(75 %)") != std::string::npos);
  CHECK_THAT(file.text().find("ETA 0:10") != std::string::npos);
}

/// A run that ends by an exception leaves the line behind, and what is written
/// next is below it.
static void left_early() {
  terminal screen(100);
  {
    progress display({.stream = screen.stream()});
    display.begin(plan);
    display.update(at_step(100));
  }
  CHECK_THAT(screen.text().ends_with("\n"));
}

static void broken_stream() {
  std::FILE *const full = std::fopen("/dev/full", "w");
  CHECK_THAT(full != nullptr);
  {
    progress display(
        {.stream = full, .display = progress_display::terminal});
    run(display);
    display.end({});
  }
  std::fclose(full);
}

static std::string refusal(progress_options options) {
  try {
    progress display(options);
  } catch (const std::invalid_argument &error) {
    return error.what();
  }
  return "none";
}

static void wrong_options() {
  CHECK_THAT(refusal({.width = 9}) ==
             "progress: width is 9; it must be 0 or at least 10");
  CHECK_THAT(refusal({.redraw_interval = 0}) ==
             "progress: redraw_interval is 0 s; it must be greater than 0");
  CHECK_THAT(refusal({.line_interval = std::numeric_limits<double>::quiet_NaN()}) ==
             "progress: line_interval is nan s; it must be greater than 0");
  CHECK_THAT(refusal({.stream = nullptr}) == "progress: stream is null");
}

int main() {
  setenv("TERM", "xterm", 1);
  unsetenv("NO_COLOR");
  plain_lines_now_and_then();
  redrawn_ten_times_a_second();
  fits_any_width();
  follows_the_window();
  knows_the_environment();
  notes_stand_above();
  shows_what_is_wrong();
  unknown_length();
  resumed();
  left_early();
  broken_stream();
  wrong_options();
}
