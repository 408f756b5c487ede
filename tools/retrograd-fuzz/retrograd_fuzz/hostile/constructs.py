#===- constructs.py - What the compiler does not expect ------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Texts that a mutation inserts. $r is a variable that can be written, $e a real
# expression, $i an integer one, $p a pointer to reals, $t a fresh name, $s the
# statement that is wrapped; names with hs_ are those of support.h.
#
#===----------------------------------------------------------------------===#

STATEMENTS = """\
goto $t; $t: ;
$t: if ($r > 100) goto $t;
if ($i) goto $t; $r *= 2; $t: $r += 1;
try { $r *= hs_may_throw($e); } catch (int) { $r = 0; } catch (...) { throw; }
try { throw $e; } catch (double $t) { $r += $t; }
if ($r > 1e6) throw $e;
if ($r > 1e6) throw hs_pair{$e, 1};
auto $t = [&](double z) { $r += z; return z * $e; }; $r = $t($e);
auto $t = [=](double z) mutable { return z * $e; }; $r += $t(2);
auto $t = [](auto z) { return z * z; }; $r = $t($e);
double $t = [&] { return $e * 2; }(); $r = $t;
double *$t = new double($e); $r += *$t; delete $t;
double *$t = new double[4]{}; $t[$i & 3] = $e; $r = $t[$i & 3]; delete[] $t;
double *$t = static_cast<double *>(std::malloc(8)); *$t = $e; $r *= *$t; std::free($t);
double *$t = static_cast<double *>(std::calloc(2, 8)); $t[1] = $e; $r += $t[1]; std::free($t);
alignas(double) char $t[8]; double *$t_ = new ($t) double($e); $r = *$t_;
std::unique_ptr<double> $t(new double($e)); $r = *$t;
std::vector<double> $t(3, $e); $r += $t[1];
std::vector<double> $t{$e, $e}; for (double v : $t) $r += v;
for (double v : {$e, $e, 2.0}) $r += v;
std::array<double, 2> $t{$e, 1}; $r = $t[0] * $t[1];
std::complex<double> $t($e, 1); $r = ($t * $t).real();
_Complex double $t = $e; $r = __real__($t * $t);
hs_pair $t{$e, 2}; $r = $t.a * $t.b;
hs_pair $t{$e, 2}; auto [u, v] = $t; $r = u * v;
double $t[2] = {$e, 3}; auto &[u, v] = $t; u *= v; $r += u;
auto [u, v] = std::make_pair($e, $e); $r = u - v;
hs_union $t; $t.d = $e; $r = $t.d;
hs_union $t; $t.d = $e; $r += $t.l ? 1 : 0;
hs_bits $t{}; $t.low = $i; $r *= $t.low;
hs_base *$t = hs_make($e); $r = $t->value($e); delete $t;
hs_derived $t; $t.s = $e; $r = static_cast<hs_base &>($t).value(2);
hs_member_pointer $t = &hs_pair::a; hs_pair $t_{$e, 1}; $r = $t_.*$t;
double (*$t)(double) = std::sin; $r = $t($e);
double (*$t)(double) = hs_square; $r *= $t($e);
double (*$t[2])(double) = {hs_square, hs_cube}; $r = $t[$i & 1]($e);
auto $t = &hs_square; $r = (*$t)($e);
std::function<double(double)> $t = hs_square; $r = $t($e);
asm volatile("" : "+m"($r));
asm("" : "=r"(hs_global_int) : "0"(1));
__asm__ __volatile__("" ::: "memory");
static double $t = 0; $t += $e; $r = $t;
static int $t; ++$t; $r *= $t;
static const double $t = 2.5; $r *= $t;
static double $t[2] = {1, 2}; $r *= $t[$i & 1];
thread_local double $t = 1; $t *= $e; $r += $t;
volatile double $t = $e; $r = $t;
double volatile *$t = &$r; *$t = *$t + 1;
_Atomic double $t = $e; $r = $t;
std::atomic<double> $t($e); $r = $t.load();
register_double_t $t = $e;
int $t_ = $i & 7; double $t[$t_ + 1]; $t[0] = $e; $r = $t[0];
int $t_ = 2; double $t[$t_][3]; $t[1][2] = $e; $r += $t[1][2];
jmp_buf $t; if (!setjmp($t)) $r *= 2;
switch ($i & 3) { case 0: do { $r *= 2; case 1: $r += 1; case 2: $r -= $e; } while ($r < -1e9); }
switch ($i) { default: $r *= 2; case 3: $r += $e; break; case 5: { double $t = $e; $r = $t; } }
switch ($i) { case 1 ... 3: $r *= $e; break; default:; }
switch (double $t = $e; $i) { case 0: $r += $t; [[fallthrough]]; case 1: $r *= 2; }
switch ($i) { $r = 1; case 1: $r = 2; }
switch ($i) case 1: $r = $e;
$r = ($e, $r * 2, $r + $e);
$r = $r++ + $e;
$r = $i ? $e : $r;
($i ? $r : $r) *= $e;
$r = ({ double $t = $e; $t * $t; });
$r = $e ?: 1.0;
$r = $i ?: 2;
*reinterpret_cast<double *>(&$r) *= 2;
*const_cast<double *>(static_cast<const double *>(&$r)) *= $e;
reinterpret_cast<long &>($r) ^= 0;
$r = *(double *)(void *)&$r * 2;
$r = std::bit_cast<double>(std::bit_cast<long>($e));
$r = __builtin_bit_cast(double, $e);
float $t; std::memcpy(&$t, &$r, 4); $r += $t != $t;
double $t; std::memcpy(&$t, &$r, sizeof $t); $r = $t * $t;
double $t[2] = {$e, 1}; std::memmove($t, $t + 1, sizeof(double)); $r += $t[0];
double $t[2] = {$e, 1}; std::memset($t, 0, sizeof $t); $r += $t[0];
double $t[2] = {$e, 1}; std::swap($t[0], $t[1]); $r += $t[0];
double $t = $e; std::swap($t, $r);
double $t[2] = {$e, 1}, $t_[2] = {2, $e}; std::swap($t, $t_); $r *= $t[0];
std::swap($t, $t);
__int128 $t = $i; $r *= (double)($t * 2);
_BitInt(37) $t = 5; $r *= (double)$t;
__fp16 *$t = nullptr; (void)$t;
__float128 $t = $e; $r = (double)($t * $t);
hs_vector $t = {$e, 2, 3, 4}; $t *= $t; $r = $t[0];
double __attribute__((ext_vector_type(2))) $t = {$e, 1}; $r = $t.x * $t.y;
$r *= typeid($r) == typeid(double) ? 2 : 1;
if constexpr (sizeof(double) == 8) $r *= $e; else $r = undeclared_();
if constexpr (false) { $r = 0; }
if consteval { $r = 0; } else { $r *= 2; }
$r *= hs_consteval(2);
constexpr double $t = hs_constexpr(3); $r *= $t;
constinit static double $t = 1; $r *= $t;
[[likely]] if ($r > 0) [[unlikely]] { $r += 1; }
[[maybe_unused]] alignas(64) double $t = $e; $r = $t;
[[assume($i > -100)]]; $r += $e;
double $t __attribute__((cleanup(hs_clean))) = $e; $r += $t;
double $t __attribute__((aligned(32))) = $e; $r *= $t;
hs_guard $t; $r += $e;
struct $t { double m; double f() { return m * m; } }; $r = $t{$e}.f();
enum $t { $t_ = 3 }; $r *= $t_;
using $t = double; $t $t_ = $e; $r += $t_;
typedef double $t[2]; $t $t_ = {$e, 2}; $r = $t_[0] * $t_[1];
extern double hs_global; $r *= hs_global;
hs_global = $e; $r += hs_global;
hs_global_int++; $r += $e;
double *$t = &hs_global; $r *= *$t;
double *$t = &hs_global; *$t = $e;
#pragma omp parallel for\nfor (int $t = 0; $t < 3; ++$t) $r += 0;
#pragma omp simd\nfor (int $t = 0; $t < 3; ++$t) $r *= $e;
#pragma omp critical\n{ $r *= 2; }
#pragma clang loop unroll(full)\nfor (int $t = 0; $t < 3; ++$t) $r += $e;
#pragma STDC FP_CONTRACT OFF
#pragma retrograd gradient
#pragma retrograd inactive
#pragma GCC unroll 4\nfor (int $t = 0; $t < 3; ++$t) $r += $e * $t;
_Pragma("clang fp contract(fast)") $r += $e * $e;
co_return $e;
$r = co_await hs_awaitable{};
co_yield $e;
$r = hs_variadic(2, $e, $e);
$r = hs_pack($e, $e, 2);
$r = hs_template<double>($e);
$r = hs_template($e) * hs_default();
$r = hs_reference($r);
hs_reference($r) = $e;
hs_reference($r) *= 2;
$r = *hs_pointer(&$r);
*hs_pointer(&$r) += $e;
hs_in_place($r); $r += $e;
hs_out($e, &$r);
hs_by_const($e);
$r = hs_by_const($r);
$r = hs_by_rvalue(static_cast<double &&>($r));
$r = hs_object(hs_pair{$e, 1});
$r = hs_recursive($e, $i & 3);
$r = hs_no_body($e);
$r = hs_user_operator(hs_pair{$e, 1} + hs_pair{1, 2});
$r = $e * 2.0_hs;
std::printf("%g\\n", $r);
assert($r == $r);
std::fill_n(&$r, 1, $e);
std::sort(&$r, &$r + 1);
$r = std::accumulate(&$r, &$r + 1, 0.0);
$r = std::max({$e, $r, 1.0});
$r = std::max($e, $r) * std::min<double>($e, 1);
std::max($r, $r) = $e;
$r = std::sin($e) + std::pow($e, 2) + std::hypot($e, 1);
int $t; $r = std::frexp($e, &$t) * $t;
double $t; $r = std::modf($e, &$t) + $t;
int $t; $r = std::remquo($e, 2.0, &$t);
$r = std::nan("") == 0 ? 1 : $r;
double $t = $r; double &$t_ = $t; $t_ *= $e; $r = $t;
double &$t = $r; $t = $t * $t;
double &&$t = $e * 2; $t += 1; $r = $t;
const double &$t = $e; $r *= $t;
const double &$t = $r; $r = 2; $r *= $t;
double $t = $r, *$t_ = &$t; *$t_ *= 2; $r = $t;
double *$t = &$r; double **$t_ = &$t; **$t_ *= $e;
double $t[3] = {1, $e}; double *$t_ = $t + 1; $t_[-1] = $e; $r = $t[0] * *$t_;
double $t[2][2] = {{$e, 1}, {2, $e}}; double (*$t_)[2] = $t; $r = $t_[1][1] * (*$t_)[0];
double $t[] = {[0] = $e, [1] = 2}; $r = $t[0];
double $t[2] = {}; double (&$t_)[2] = $t; $t_[1] = $e; $r += $t[1];
double $t{$e}; $r = double($t) + double{$t};
double $t = double(); $t -= $e; $r = -$t;
double $t, $t_; $t = $t_ = $e; $r = $t * $t_;
double $t; if ($i) $t = $e; else $t = 2; $r *= $t;
auto $t = $e; decltype($t) $t_ = $t; $r = $t_;
decltype(auto) $t = ($r); $t *= 2;
float $t = $e; $r = $t;
long double $t = $e; $r = $t * $t;
_Float16 $t = $e; $r += $t;
int $t = $r; $r *= $t;
bool $t = $r > 0; $r += $t;
unsigned char $t = $i; $r *= ++$t;
long $t = std::lround($e); $r += $t;
$i_[0] = 3;
for (;;) { $r *= 2; if ($r > -1e300) break; }
for (double $t = 0; $t < 2; $t += 0.75) $r += $t * $e;
for (int $t = 3; $t-- > 0;) { if ($t == 1) continue; $r += $e; }
for (int $t = 0, $t_ = 3; $t < $t_; ++$t, --$t_) $r *= $e;
for (int $t = 0; double $t_ = $e * $t; ++$t) { $r += $t_; if ($t > 2) break; }
for (unsigned $t = 2; $t--;) $r += $e;
for (int $t = 0; $t < 4; $t += 1 + ($r > 0)) $r = -$r + $e;
for (auto $t = &$r; $t != &$r + 1; ++$t) *$t *= 2;
for (long long $t = 1; $t <= 4; $t <<= 1) $r += $e;
for (char $t = 0; $t < 3; $t++) $r *= 1.5;
int $t = 0; while ($t++ < 3) { $r += $e; if ($r > 5) return $r; }
int $t = 3; do { $r *= $e; } while (--$t);
do { if ($r > 0) break; $r = -$r; } while (0);
while (double $t = $r > 3 ? 0 : 1) { $r += $t; }
while (false) $r = 0;
if (double $t = $e) $r *= $t;
if (int $t = $i; $t > 1) { $r *= 2; } else if ($t) $r -= $e;
if (1) ; else $r = 0;
;;;
{ { } }
return $e;
if ($i > 2) return $r * $e;
if ($r > 0) { return $e; } else { return $r; }
return {$e};
return ($r = $e);
return $r++;
exit(0);
std::abort();
if ($r != $r) __builtin_unreachable();
__builtin_trap();
__builtin_prefetch(&$r);
$r = __builtin_expect($i, 1) ? $e : $r;
$r = __builtin_choose_expr(1, $e, 0);
$r = _Generic($r, double: $e, default: 0);
$r = __builtin_fma($e, $e, 1.0) + __builtin_sin($e);
$r = noexcept($e) ? $r : 0; $r += sizeof($r) + alignof(double);
$r = -+-$e; $r = !$r;
$r = ~$i; $r += 1 <=> 2 < 0;
$r += ($e <=> 1.0) < 0;
$r += $i << 1 | $i >> 1 & 3 ^ 1;
$r = $r - $i % 3 / 2.0;
$r /= $e * $e + 1; $r -= $i;
$r %= 2;
$r += +[](double z) { return z; }($e);
$r += (&$r)[0] * 0[&$r];
$r = *&*&$r;
(($r)) = (($e));
($r += $e) *= 2;
++($r *= 2); --$r; $r--; 
&$r + 1;
$r, $e;
(void)$r; (void)hs_square($e);
hs_square($e);
throw;
this->$t = 1;
delete &$r;
operator new(8);
$r = hs_pair::s_value * hs_ns::inner::constant;
using namespace hs_ns; $r *= inner::constant;
using hs_ns::twice; $r = twice($e);
static_assert(sizeof(double) == 8); $r += $e;
namespace $t = hs_ns;
double $t(double); $r = $e;
double $t(double z) { return z; }
template <class T> T $t = T();
struct $t; $t *$t_ = nullptr; $r *= $t_ == nullptr ? 2 : 1;
int *$t = nullptr; $r *= $t ? 1 : 2;
double *$t = nullptr; if (!$t) $t = &$r; *$t *= $e;
void *$t = &$r; $r += $t != nullptr;
long $t = reinterpret_cast<long>(&$r); $r += $t != 0;
double *$t = (double *)8L; $r += $t != nullptr;
std::string $t = "x"; $r *= $t.size();
const char *$t = "text"; $r *= $t[0];
char $t[] = "ab"; $r += $t[1] == 'b';
std::optional<double> $t = $e; $r = *$t;
std::variant<double, int> $t = $e; $r = std::get<0>($t);
std::tuple<double, double> $t{$e, 1}; $r = std::get<0>($t);
std::initializer_list<double> $t = {$e, 1}; $r = *$t.begin();
std::span<double> $t(&$r, 1); $t[0] *= 2;
va_list $t; $r += $e;
double $t[2]; $t[$i & 1] = $e; $r += $t[$i & 1];
double $t[4] = {}; for (int k = 0; k < 4; ++k) $t[k] = $e * k; for (double &v : $t) v *= 2; $r = $t[3];
double $t[3] = {$e, $e, $e}, s_ = 0; for (auto v : $t) s_ += v * v; $r = s_;
$p[0] *= $e;
*$p = $e; $r += *$p;
$r += $p[$i & 1] * $p[0];
double *$t = $p; $t[0] += $e; ++$t; $r += $t[-1];
const double *$t = $p; $r += *$t++ * 2;
auto $t = $p; $p = $p + 1; $r = $p[-1]; $p = $t;""".split("\n")

EXPRESSIONS = """\
[&] { return $e; }()
[=](double z) { return z * $e; }(2)
({ double $t = $e; $t; })
({ $e; })
(0, $e)
($i ? $e : $e)
($e ?: 1)
*new double($e)
*std::addressof($r)
__builtin_bit_cast(double, $e)
static_cast<float>($e)
static_cast<double>(static_cast<long double>($e))
(double)(int)($e)
(double)(_Float16)$e
double($e)
double{$e}
const_cast<double &>($r)
reinterpret_cast<double &>($r)
(*&$r)
(&$r)[0]
*hs_pointer(&$r)
hs_reference($r)
hs_square($e)
hs_template($e)
hs_pack($e, $e)
hs_variadic(1, $e)
hs_recursive($e, 2)
hs_pair{$e, 1}.a
(hs_pair{$e, 1} + hs_pair{1, 1}).a
hs_union{$e}.d
hs_derived{}.value($e)
(&hs_square)($e)
(*hs_table[$i & 1])($e)
std::complex<double>($e, 0).real()
std::real(std::complex<double>($e))
__real__($e)
std::get<0>(std::tuple($e))
std::array<double, 1>{$e}[0]
std::initializer_list<double>{$e}.begin()[0]
(double[2]){$e, 1}[0]
std::move($r)
std::forward<double>($e)
std::exchange($r, $e)
std::as_const($r)
std::max({$e, 1.0})
std::max($e, $e)
std::sin($e)
std::exp(-$e * $e)
std::pow($e, $i)
std::fma($e, $e, 1)
std::fmod($e, 1.5)
std::abs($e)
std::sqrt($e * $e + 1)
std::lerp($e, 1.0, 0.25)
($r = $e)
($r += $e)
($r++)
(--$r)
($r *= 2, $r)
(throw 1, $e)
($i ? throw 1 : $e)
$e * 1e-3f
$e * 0x1.8p1
$e * 1'000.5
$e * 'a'
$e * 2.0_hs
$e * true
$e * sizeof($r)
$e * hs_global
$e * hs_ns::inner::constant
$e * ($r > 0)
$e * ($r > 0 && $i > 0)
$e / ($e * $e + 1)
-$e
+$e
!$e
~$i
($e <=> 0 , 1.0)
typeid(double).name()[0]
noexcept($e)
co_await hs_awaitable{}
this->x
nullptr
"text"
{$e}
$i
1
0.5
hs_no_body($e)
hs_static_member::f($e)
hs_volatile
hs_atomic.load()
hs_thread_local
hs_constants[$i & 1]
hs_consteval(2)
(hs_global_int++ , $e)
_Generic(1, int: $e)
__func__[0]
__LINE__ * $e
__COUNTER__ * $e
hs_vector{$e, 1, 2, 3}[0]
(__int128)1 * $e
(__float128)$e""".split("\n")

WRAPPERS = """\
try { $s } catch (...) { $r = 0; }
try { $s } catch (double d) { throw; }
for (;;) { $s break; }
do { $s } while (0);
do { $s } while (false && $r > 0);
while (true) { $s break; }
if constexpr (true) { $s }
if (true) { $s }
if ($r > 0) { $s }
if ($i & 1) $s
if ($r > 0.5) { $s } else { $s }
switch ($i) { case 0: $s default: $s }
switch (1) { case 1: $s }
[&] { $s }();
[&]() mutable { $s }();
{ $s }
{ hs_guard g_; $s }
({ $s });
for (int w_ = 0; w_ < 2; ++w_) { $s }
for (int w_ = 0; w_ < 3; ++w_) { if (w_ == 1) continue; $s }
for (int w_ = 2; w_ >= 0; --w_) { $s if ($r > 2) break; }
for (double w_ : {1.0, 2.0}) { $s }
for (auto &w_ : hs_constants) { $s }
#pragma omp parallel\n{ $s }
#pragma clang loop vectorize(enable)\nfor (int w_ = 0; w_ < 2; ++w_) { $s }
label_: $s
[[likely]] { $s }
struct local_ { void f() { $s } };
int w_ = 3; while (w_--) { $s }
int w_ = 0; do { $s if (++w_ == 2) continue; } while (w_ < 3);
$s $s
goto skip_; $s skip_: ;
int n_ = $i & 3; switch (n_) { case 0: do { $s case 1: ; } while (--n_ > 0); }""".split(
    "\n")

# Around the function: `f` is its text.
SIGNATURES = """\
template <class T = double> f
static f
inline f
constexpr f
consteval f
[[nodiscard]] f
[[gnu::always_inline]] inline f
[[gnu::pure]] f
__attribute__((noreturn)) f
__attribute__((target("avx2"))) f
__attribute__((vectorcall)) f
__attribute__((weak)) f
__attribute__((overloadable)) f
extern "C" f
extern f
volatile f
const f
virtual f
explicit f
friend f
thread_local f
struct holder_ { f };
namespace { f }
namespace nested_ { f } using namespace nested_;
inline namespace version_ { f }
extern "C" { f }
f f
template <> f
typedef f
alignas(16) f
_Noreturn f
requires true f""".split("\n")

PARAMETERS = """, ...
, hs_pair pair_ = {}
, double extra_ = 2
, double &&extra_ = 1
, volatile double extra_ = 1
, _Complex double extra_ = 1
, std::complex<double> extra_ = 1
, const std::vector<double> &extra_ = {}
, double (*extra_)(double) = nullptr
, double hs_pair::*extra_ = nullptr
, std::nullptr_t extra_ = nullptr
, __int128 extra_ = 1
, hs_vector extra_ = {}
, auto extra_
, double *__restrict extra_ = nullptr
, const double extra_ = 1
, void *extra_ = nullptr
, const char *extra_ = ""
, bool extra_ = true
, hs_enum extra_ = hs_enum::b
, double extra_[] = nullptr
, double **extra_ = nullptr
, std::initializer_list<double> extra_ = {}
, unsigned extra_ : 3
, double x
, double
, int n_ = 2, double extra_[n_] = nullptr
, double (&extra_)[2] = hs_array""".split("\n")

TOKENS = """( ) [ ] { } < > , ; : :: . -> ... = == != <= >= <=> + - * / % & | ^ ~ ! ?
&& || ++ -- += -= *= /= %= <<= >>= << >> .* ->* # ## 0 1 2 -1 1.0 0.0 1e308 1e-320
2147483647 9223372036854775807 NAN INFINITY nullptr true false this double float int
long unsigned bool char void auto const volatile static extern register mutable
thread_local constexpr consteval constinit inline virtual explicit typename template
class struct union enum namespace using typedef operator new delete throw try catch
goto if else for while do switch case default break continue return co_return
co_await co_yield sizeof alignof typeid decltype noexcept static_assert asm
reinterpret_cast<double> static_cast<double> const_cast<double&> dynamic_cast<int&>
requires concept export friend private: public: 'c' "s" L"s" R"(r)" 1.f 1.L 1u 1ll
0x1p-3 std::sin std::fabs std::max std::move printf x y n i s t r p _Complex _Atomic
__int128 __restrict __attribute__((unused)) [[maybe_unused]] <: :> <% %> and or not
é \\u00e9 𝑥""".split()
