//===- reporting.h - All ways to see how a training goes ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For those who want them all; docs/reporting.md is a tour.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_REPORTING_H
#define RETROGRAD_REPORTING_H

#include <retrograd/cxx20.h>

#include <retrograd/reporting/learning_curves.h>
#include <retrograd/reporting/metrics.h>
#include <retrograd/reporting/progress.h>
#include <retrograd/reporting/report.h>

#endif // RETROGRAD_REPORTING_H
