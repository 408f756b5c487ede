// docs/rules.md lists exactly the rows of the table, as they are. To update the
// list, print it with this program and put it between the fences, without the
// "CHECK-NEXT: ".
//
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -I%source/lib %s -o %t
// RUN: %t > %t.check
// RUN: FileCheck --match-full-lines --input-file=%source/docs/rules.md %t.check

#include <cstdio>
#include <initializer_list>
#include <string_view>

static void row(const char *name,
                std::initializer_list<const char *> partials) {
  std::printf("CHECK-NEXT: %s(%.*s)\n", name, int(3 * partials.size() - 2),
              "x, y, z");
  const char *argument = "xyz";
  for (std::string_view text : partials) {
    text = text == "ZERO"      ? "zero"
           : text == "INTEGER" ? "an integer"
           : text == "UNKNOWN" ? "unknown"
                               : text;
    std::printf("CHECK-NEXT:     by %c: %.*s\n", *argument++, int(text.size()),
                text.data());
  }
}

int main() {
  std::puts("CHECK: ```text");
#define RULE1(NAME, LOW, HIGH, DX) row(#NAME, {#DX});
#define RULE2(NAME, LOW, HIGH, DX, DY) row(#NAME, {#DX, #DY});
#define RULE3(NAME, LOW, HIGH, DX, DY, DZ) row(#NAME, {#DX, #DY, #DZ});
#include "Rules/Rules.def"
  std::puts("CHECK-NEXT: ```");
}
