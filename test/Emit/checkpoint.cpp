//===- checkpoint.cpp - The text of a loop that is run again --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A snapshot is what a step changes and may read before it has written it: not
// what it only reads, and not what it fills anew.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++17 | FileCheck %s
// RUN: %retrograd --print-after=structure %s -- -std=c++17 2>&1 \
// RUN:   | FileCheck --check-prefix=MARK %s

#include <cmath>
#include <retrograd/retrograd.h>

// MARK: // checkpoint snapshots(k)
// MARK-NEXT: for (int t = 0; t < n; ++t) {

// CHECK-LABEL: static void decay_loop_step(
// CHECK-LABEL: static void decay_loop_step_forward(
// CHECK-LABEL: static void decay_loop_forward(
// CHECK:      tape.push_array(out, 100);
// CHECK-NEXT: tape.push_array(fresh, 3);
// CHECK-NEXT: tape.push(local);
// CHECK-NEXT: const long steps = 0 < n ? n : 0;
// CHECK-NEXT: retrograd::revolve schedule = retrograd::revolve(steps, k);
// CHECK-NEXT: for (int t = 0; t < n; ++t) {
// CHECK-NEXT:   if (schedule.stores(t)) {
// CHECK-NEXT:     tape.push(x);
// CHECK-NEXT:     tape.push_array(v, 3);
// CHECK-NEXT:     tape.push(schedule);
// CHECK-NEXT:     schedule = schedule.stored();
// CHECK-NEXT:   }
// CHECK-NEXT:   if ((t + 1) < steps) {
// CHECK-NEXT:     decay_loop_step(
// CHECK-NEXT:   } else {
// CHECK-NEXT:     decay_loop_step_forward(tape,
// CHECK-NEXT:   }
// CHECK-NEXT: }
// CHECK-NEXT: }

// CHECK-LABEL: static void decay_loop_reverse(
// CHECK:      tape.rewind(out[i], out[i]);
// CHECK:      for (long k1 = steps; k1-- > 0;) {
// CHECK-NEXT:   if ((k1 + 1) < steps) {
// CHECK-NEXT:     retrograd::revolve schedule = tape.pop<retrograd::revolve>();
// CHECK-NEXT:     tape.pop_array(v, 3);
// CHECK-NEXT:     const double before = tape.pop<double>();
// CHECK-NEXT:     x = before;
// CHECK-NEXT:     const long at = schedule.next();
// CHECK-NEXT:     schedule = schedule.until(k1);
// CHECK-NEXT:     for (long j = at; j < k1; ++j) {
// CHECK-NEXT:       if (schedule.stores(j)) {
// CHECK:            decay_loop_step({{.*}}, j, out);
// CHECK-NEXT:     }
// CHECK-NEXT:     if (schedule.stores(k1)) {
// CHECK:          decay_loop_step_forward(tape, {{.*}}, k1, out);
// CHECK-NEXT:   }
// CHECK-NEXT:   decay_loop_step_reverse(tape, {{.*}}, k1, out,
// CHECK:      if (steps > 0) {
// CHECK-NEXT:   const retrograd::revolve first = tape.pop<retrograd::revolve>();
// CHECK-NEXT:   tape.pop_array(v, 3);
// CHECK-NEXT:   const double before = tape.pop<double>();
// CHECK-NEXT:   x = before;
// CHECK-NEXT: }
// CHECK-NEXT: const double before = tape.pop<double>();
// CHECK-NEXT: local = before;
// CHECK-NEXT: tape.pop_array(fresh, 3);
// CHECK-NEXT: tape.pop_array(out, 100);
// CHECK-NEXT: }
#pragma retrograd gradient wrt(a, out[100])
double decay(double a, const double *__restrict weights, double *__restrict out, int n, int k) {
  double x = a, v[3] = {1, 2, a}, fresh[3], local;
#pragma retrograd checkpoint snapshots(k)
  for (int t = 0; t < n; ++t) {
    for (int i = 0; i < 3; ++i)
      fresh[i] = v[i] * x;
    local = std::exp(-x) * weights[t];
    v[t % 3] += fresh[0] * local;
    x = x * 0.5 + fresh[1];
    out[t] = x;
  }
  return x + v[0];
}
