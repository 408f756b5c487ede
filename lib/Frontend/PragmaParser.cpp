//===- PragmaParser.cpp - The grammar of `#pragma retrograd` --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A recursive-descent parser of the grammar in the header. It stops at the
// first error: a pragma is one line, and its errors are mostly one word.
//
//===----------------------------------------------------------------------===//

#include "PragmaParser.h"
#include "PragmaCursor.h"
#include "clang/Lex/Preprocessor.h"

namespace retrograd {

using clang::FixItHint;
using clang::SourceLocation;
using clang::SourceRange;
using clang::Token;
using llvm::StringRef;
namespace tok = clang::tok;

static const StringRef Modes[] = {"gradient", "vjp",  "jvp",       "batch",
                                  "inactive", "rule", "checkpoint"};

/// Words of later versions: known, so that the error can say so.
static const StringRef LaterModes[] = {"hessian", "jacobian", "hvp", "taylor"};

static const StringRef Clauses[] = {"wrt", "name", "value", "directions"};
static const StringRef Roles[] = {"sample", "shared", "outputs"};
static const StringRef Bounds[] = {"snapshots", "memory", "disk", "state"};
static const StringRef BatchWords[] = {"sample", "shared", "outputs", "name"};

std::string PragmaQualifiedName::text() const {
  std::string Text = Global ? "::" : "";
  for (const PragmaName &Q : Qualifier)
    Text += Q.Text + "::";
  return Text + Name.Text;
}

SourceRange PragmaQualifiedName::range() const {
  return {Qualifier.empty() ? Name.Loc : Qualifier.front().Loc, Name.Loc};
}

std::vector<Token> readPragmaLine(clang::Preprocessor &PP) {
  std::vector<Token> Line;
  unsigned Open = 0;
  bool Number = false;
  do {
    Token Tok;
    // Names are the user's own spelling, but a number may be a macro.
    if (Open)
      PP.Lex(Tok);
    else
      PP.LexUnexpandedToken(Tok);
    const clang::IdentifierInfo *Mode =
        Line.empty() ? nullptr : Line.front().getIdentifierInfo();
    bool Counts = Number || Open || (Mode && Mode->isStr("checkpoint"));
    if (Tok.is(tok::l_square) || (Tok.is(tok::l_paren) && Counts))
      ++Open;
    else if (Tok.isOneOf(tok::r_square, tok::r_paren) && Open)
      --Open;
    Number = Tok.is(tok::identifier) &&
             Tok.getIdentifierInfo()->getName() == "directions";
    Line.push_back(Tok);
  } while (Line.back().isNot(tok::eod) && Line.back().isNot(tok::eof));
  return Line;
}

namespace {

class PragmaParser : PragmaCursor {
public:
  using PragmaCursor::PragmaCursor;

  std::optional<Pragma> parse();

private:
  bool parseMode(Pragma &P);
  bool unknownMode();
  bool parseArgument(Pragma &P);
  bool parseClause(Pragma &P);
  bool parseRole(Pragma &P, StringRef Role);
  bool checkBatch(const Pragma &P);
  bool unknownClause(const Pragma &P);
  bool rejectDuplicate(SourceLocation First, StringRef Clause);
  bool parseQualified(PragmaQualifiedName &Name, const llvm::Twine &What,
                      bool *HasArguments = nullptr);
  bool skipTemplateArguments();
  bool parseFunction(PragmaFunction &F);
  bool parseParameterType(PragmaFunction &F);
  bool parseEntries(std::vector<PragmaWrtEntry> &Entries, StringRef Clause);
  bool parseExtent(std::vector<Token> &Extent, StringRef Clause);
  bool parseInactiveParameters(Pragma &P);
  bool parseBound(Pragma &P);
  bool parseExpression(std::vector<Token> &Tokens, StringRef Clause);

  SourceLocation WrtLoc;
  /// Where each of Roles was first written.
  SourceLocation RoleLocs[std::size(Roles)];
};

} // namespace

/// How many angle brackets a token opens, less those that it closes.
static int anglesOf(const Token &Tok) {
  return Tok.is(tok::less)             ? 1
         : Tok.is(tok::greater)        ? -1
         : Tok.is(tok::greatergreater) ? -2
                                       : 0;
}

/// "<" ... ">", which Clang will read.
bool PragmaParser::skipTemplateArguments() {
  SourceLocation Open = tok().getLocation();
  int Angles = 0, Parentheses = 0;
  for (; !atEnd(); advance()) {
    Parentheses += tok().is(tok::l_paren);
    Parentheses -= tok().is(tok::r_paren);
    if (Parentheses < 0)
      break;
    if (Parentheses > 0)
      continue;
    Angles += anglesOf(tok());
    if (Angles <= 0) {
      advance();
      return true;
    }
  }
  fail("expected '>'", "");
  Diags.note(Open, "to match this '<'");
  return false;
}

/// HasArguments: where given, names may have the arguments of templates.
bool PragmaParser::parseQualified(PragmaQualifiedName &Name,
                                  const llvm::Twine &What, bool *HasArguments) {
  if (tok().is(tok::coloncolon)) {
    Name.Global = true;
    advance();
  }
  while (true) {
    PragmaName Word;
    if (!parseIdentifier(Word, What))
      return false;
    if (HasArguments && tok().is(tok::less)) {
      *HasArguments = true;
      if (!skipTemplateArguments())
        return false;
    }
    if (tok().isNot(tok::coloncolon)) {
      Name.Name = Word;
      return true;
    }
    Name.Qualifier.push_back(Word);
    advance();
  }
}

bool PragmaParser::parseParameterType(PragmaFunction &F) {
  std::string Type;
  size_t Begin = position();
  int Depth = 0;
  for (; !atEnd(); advance()) {
    if (Depth <= 0 && tok().isOneOf(tok::comma, tok::r_paren))
      break;
    Depth += tok().isOneOf(tok::l_paren, tok::l_square);
    Depth -= tok().isOneOf(tok::r_paren, tok::r_square);
    Depth += anglesOf(tok());
    Type += (Type.empty() ? "" : " ") + spelling();
  }
  if (Type.empty())
    return fail("expected the type of a parameter",
                "write the function's parameter types to choose an overload, "
                "as in 'f(double, int)'");
  F.ParameterTypes.push_back(Type);
  F.ParameterTokens.push_back(since(Begin));
  return true;
}

bool PragmaParser::parseFunction(PragmaFunction &F) {
  size_t Begin = position();
  if (!parseQualified(F.Name, "the name of a function",
                      &F.HasTemplateArguments))
    return false;
  F.Spelling = since(Begin);
  if (tok().isNot(tok::l_paren))
    return true;
  SourceLocation Open = tok().getLocation();
  advance();
  F.HasParameterTypes = true;
  while (tok().isNot(tok::r_paren)) {
    if (!parseParameterType(F))
      return false;
    if (tok().isNot(tok::comma))
      break;
    advance();
  }
  if (F.ParameterTypes.size() == 1 && F.ParameterTypes[0] == "void") {
    F.ParameterTypes.clear();
    F.ParameterTokens.clear();
  }
  return expectClose(Open);
}

bool PragmaParser::parseExtent(std::vector<Token> &Extent, StringRef Clause) {
  SourceLocation Open = tok().getLocation();
  advance();
  unsigned Depth = 0;
  for (; !atEnd(); advance()) {
    if (tok().is(tok::r_square) && !Depth)
      break;
    if (tok().isOneOf(tok::l_square, tok::l_paren))
      ++Depth;
    else if (Depth && tok().isOneOf(tok::r_square, tok::r_paren))
      --Depth;
    Extent.push_back(tok());
  }
  if (tok().isNot(tok::r_square)) {
    fail("expected ']'", "", FixItHint::CreateInsertion(endOfPrevious(), "]"));
    Diags.note(Open, "to match this '['");
    return false;
  }
  if (Extent.empty())
    return fail("expected the number of elements",
                "write an integer expression over the parameters, as in '" +
                    Clause + "(x[n])'");
  advance();
  return true;
}

/// The entries of `wrt`, of `writes` or of a role.
bool PragmaParser::parseEntries(std::vector<PragmaWrtEntry> &Entries,
                                StringRef Clause) {
  SourceLocation Open = tok().getLocation();
  if (!expectOpen(Clause))
    return false;
  while (true) {
    PragmaWrtEntry Entry;
    if (tok().is(tok::kw_this)) {
      Entry.Name.Name = {"this", tok().getLocation()};
      advance();
    } else if (!parseQualified(Entry.Name, "the name of a parameter")) {
      return false;
    }
    for (const PragmaWrtEntry &Earlier : Entries)
      if (Earlier.Name.text() == Entry.Name.text()) {
        Diags.report(Entry.Name.range(),
                     "'" + Entry.Name.text() + "' is named twice in '" +
                         Clause + "'",
                     "");
        Diags.note(Earlier.Name.Name.Loc, "it was named here; remove one");
        return false;
      }
    if (tok().is(tok::l_square) && !parseExtent(Entry.Extent, Clause))
      return false;
    Entries.push_back(std::move(Entry));
    if (tok().isNot(tok::comma))
      return expectClose(Open);
    advance();
  }
}

bool PragmaParser::parseInactiveParameters(Pragma &P) {
  SourceLocation Open = tok().getLocation();
  advance();
  while (true) {
    PragmaName Name;
    if (!parseIdentifier(Name, "the name of a parameter"))
      return false;
    P.InactiveParameters.push_back(Name);
    if (tok().isNot(tok::comma))
      return expectClose(Open);
    advance();
  }
}

bool PragmaParser::rejectDuplicate(SourceLocation First, StringRef Clause) {
  if (First.isInvalid())
    return false;
  fail("duplicate clause '" + Clause + "'", "");
  Diags.note(First, "the first one is here; remove one");
  return true;
}

bool PragmaParser::unknownClause(const Pragma &P) {
  std::string Word = spelling();
  if (!P.Batch && llvm::is_contained(Roles, Word))
    return fail("'" + Word + "' is a clause of 'batch'",
                "write '#pragma retrograd batch sample(...) shared(...)', "
                "beside '" +
                    P.ModeWord.Text + "' or in its place");
  StringRef Known = P.Batch ? closestSpelling(Word, BatchWords)
                            : closestSpelling(Word, Clauses);
  const char *Way = P.Batch ? "the clauses of 'batch' are 'sample(p, ...)', "
                              "'shared(p, ...)', 'outputs(p, ...)' and "
                              "'name(identifier)'"
                            : "the clauses are 'wrt(p, ...)', "
                              "'name(identifier)', 'value' and "
                              "'directions(n)'";
  if (!tok().getIdentifierInfo())
    return fail("unexpected '" + Word + "' in '#pragma retrograd'", Way);
  if (Known.empty())
    return fail("unknown clause '" + Word + "'", Way);
  return fail("unknown clause '" + Word + "'; did you mean '" + Known + "'?",
              Way, replaceToken(Known));
}

/// The tokens between a pair of parentheses.
bool PragmaParser::parseExpression(std::vector<Token> &Tokens,
                                   StringRef Clause) {
  SourceLocation Open = tok().getLocation();
  if (!Tokens.empty())
    return !rejectDuplicate(Tokens.front().getLocation(), Clause);
  advance();
  Open = tok().getLocation();
  if (!expectOpen(Clause))
    return false;
  for (unsigned Depth = 0; !atEnd(); advance()) {
    if (tok().is(tok::r_paren) && !Depth)
      break;
    Depth += tok().is(tok::l_paren);
    Depth -= tok().is(tok::r_paren);
    Tokens.push_back(tok());
  }
  if (Tokens.empty())
    return fail("expected an expression",
                "write it between the parentheses of '" + Clause + "(...)'");
  return expectClose(Open);
}

/// One clause of `checkpoint`.
bool PragmaParser::parseBound(Pragma &P) {
  if (is("snapshots"))
    return parseExpression(P.Bounds.Snapshots, "snapshots");
  if (is("memory"))
    return parseExpression(P.Bounds.Memory, "memory");
  if (is("disk"))
    return parseExpression(P.Bounds.Disk, "disk");
  if (is("state")) {
    if (rejectDuplicate(WrtLoc, "state"))
      return false;
    WrtLoc = tok().getLocation();
    advance();
    return parseEntries(P.Wrt, "state");
  }
  std::string Word = spelling();
  StringRef Known = closestSpelling(Word, Bounds);
  const char *Way = "the clauses of 'checkpoint' are 'snapshots(k)', "
                    "'memory(bytes)', 'disk(folder)' and 'state(x[n], ...)'";
  if (Known.empty())
    return fail("unexpected '" + Word + "' after 'checkpoint'", Way);
  return fail("unknown clause '" + Word + "'; did you mean '" + Known + "'?",
              Way, replaceToken(Known));
}

/// The entries of a role, none of which may have another role already.
bool PragmaParser::parseRole(Pragma &P, StringRef Role) {
  std::vector<PragmaWrtEntry> *const Lists[] = {
      &P.Batch->Samples, &P.Batch->Shared, &P.Batch->Outputs};
  size_t Mine = llvm::find(Roles, Role) - std::begin(Roles);
  if (rejectDuplicate(RoleLocs[Mine], Role))
    return false;
  RoleLocs[Mine] = tok().getLocation();
  advance();
  if (!parseEntries(*Lists[Mine], Role))
    return false;
  for (size_t Other = 0; Other < std::size(Roles); ++Other) {
    if (Other == Mine)
      continue;
    for (const PragmaWrtEntry &Entry : *Lists[Mine])
      for (const PragmaWrtEntry &Earlier : *Lists[Other])
        if (Earlier.Name.text() == Entry.Name.text()) {
          Diags.report(Entry.Name.range(),
                       "'" + Entry.Name.text() + "' is named in '" +
                           Roles[Other] + "' and in '" + Role + "'",
                       "");
          Diags.note(Earlier.Name.Name.Loc,
                     "it was named here; a parameter has one role");
          return false;
        }
  }
  return true;
}

/// Without samples there is no batch, without shared parameters no gradient.
bool PragmaParser::checkBatch(const Pragma &P) {
  if (P.Batch->Samples.empty()) {
    Diags.report(P.ModeWord.Loc, "'batch' needs 'sample(...)'",
                 "name the parameters that differ from sample to sample, with "
                 "their numbers of elements: 'sample(x[64], label)'");
    return false;
  }
  if (P.Batch->Shared.empty()) {
    Diags.report(P.ModeWord.Loc, "'batch' needs 'shared(...)'",
                 "name the parameters that all samples share and that the "
                 "gradient is for: 'shared(theta[n])'");
    return false;
  }
  return true;
}

bool PragmaParser::parseClause(Pragma &P) {
  SourceLocation Loc = tok().getLocation();
  if (P.Batch) {
    for (StringRef Role : Roles)
      if (is(Role))
        return parseRole(P, Role);
    if (!is("name"))
      return unknownClause(P);
  }
  if (is("wrt")) {
    if (rejectDuplicate(WrtLoc, "wrt"))
      return false;
    WrtLoc = Loc;
    advance();
    return parseEntries(P.Wrt, "wrt");
  }
  if (is("name")) {
    if (rejectDuplicate(P.Name ? P.Name->Loc : SourceLocation(), "name"))
      return false;
    advance();
    SourceLocation Open = tok().getLocation();
    P.Name.emplace();
    return expectOpen("name") && rejectMacro() && rejectCharacters() &&
           parseIdentifier(*P.Name, P.Batch ? "the name of the description"
                                            : "the name of the derivative") &&
           expectClose(Open);
  }
  if (is("value")) {
    if (rejectDuplicate(P.ValueLoc, "value"))
      return false;
    P.ValueLoc = Loc;
    advance();
    return true;
  }
  if (is("directions")) {
    if (P.DerivativeMode == Mode::Gradient)
      return fail("'gradient' has one direction",
                  "use 'vjp', which takes a seed for each direction");
    return parseExpression(P.Directions, "directions");
  }
  return unknownClause(P);
}

bool PragmaParser::unknownMode() {
  const char *Way = "the modes are 'gradient', 'vjp', 'jvp', 'batch', "
                    "'inactive', 'rule' and 'checkpoint'";
  if (atEnd())
    return fail("expected a mode after '#pragma retrograd'", Way);
  std::string Word = spelling();
  if (llvm::is_contained(Roles, Word))
    return fail("'" + llvm::Twine(Word) + "' is a clause of 'batch'",
                "write '#pragma retrograd batch sample(...) shared(...)'",
                FixItHint::CreateInsertion(tok().getLocation(), "batch "));
  if (llvm::is_contained(LaterModes, Word))
    return fail("'" + llvm::Twine(Word) + "' is not available yet", Way);
  StringRef Known = closestSpelling(Word, Modes);
  if (Known.empty())
    return fail("unknown mode '" + llvm::Twine(Word) + "'", Way);
  return fail("unknown mode '" + llvm::Twine(Word) + "'; did you mean '" +
                  Known + "'?",
              Way, replaceToken(Known));
}

bool PragmaParser::parseMode(Pragma &P) {
  if (is("declare")) {
    P.DeclareOnly = true;
    advance();
  }
  if (is("gradient"))
    P.DerivativeMode = Mode::Gradient;
  else if (is("vjp"))
    P.DerivativeMode = Mode::Vjp;
  else if (is("jvp"))
    P.DerivativeMode = Mode::Jvp;
  else if (is("batch"))
    P.Batch.emplace();
  else if (is("inactive"))
    P.Kind = PragmaKind::Inactive;
  else if (is("rule"))
    P.Kind = PragmaKind::Rule;
  else if (is("checkpoint"))
    P.Kind = PragmaKind::Checkpoint;
  else
    return unknownMode();
  P.ModeWord = {spelling(), tok().getLocation()};
  if (P.DeclareOnly && P.Batch)
    return fail("'declare' does not take 'batch'",
                "a description is a type, which needs the body of its "
                "function: write 'batch' at the definition");
  if (P.DeclareOnly && P.Kind != PragmaKind::Derivative)
    return fail("'declare' needs a derivative",
                "the modes it takes are 'gradient', 'vjp' and 'jvp'");
  advance();
  return true;
}

/// What stands in parentheses directly behind the mode.
bool PragmaParser::parseArgument(Pragma &P) {
  if (tok().isNot(tok::l_paren)) {
    if (P.Kind == PragmaKind::Rule || P.DeclareOnly)
      return expectOpen(P.ModeWord.Text);
    return true;
  }
  if (P.Kind == PragmaKind::Inactive)
    return parseInactiveParameters(P);
  if (P.Kind == PragmaKind::Checkpoint)
    return true;
  SourceLocation Open = tok().getLocation();
  advance();
  P.Function.emplace();
  return parseFunction(*P.Function) && expectClose(Open);
}

std::optional<Pragma> PragmaParser::parse() {
  Pragma P;
  if (!parseMode(P) || !parseArgument(P))
    return std::nullopt;
  if (P.Kind == PragmaKind::Rule && (is("vjp") || is("jvp"))) {
    P.RuleMode = is("vjp") ? Mode::Vjp : Mode::Jvp;
    advance();
  }
  if (P.Kind == PragmaKind::Rule && is("writes")) {
    advance();
    if (!parseEntries(P.Wrt, "writes"))
      return std::nullopt;
  }
  while (P.Kind == PragmaKind::Checkpoint && !atEnd())
    if (!parseBound(P))
      return std::nullopt;
  if (P.Kind != PragmaKind::Derivative && !atEnd()) {
    fail("unexpected '" + spelling() + "' after '" + P.ModeWord.Text + "'",
         P.Kind == PragmaKind::Rule
             ? "'rule(g)' takes 'vjp' or 'jvp', and then 'writes(p, ...)'"
             : "'inactive' takes no clauses");
    return std::nullopt;
  }
  while (!atEnd())
    if (!parseClause(P))
      return std::nullopt;
  if (P.Batch && !checkBatch(P))
    return std::nullopt;
  return P;
}

std::optional<Pragma> parsePragma(clang::Preprocessor &PP,
                                  const Token &Introducer,
                                  std::vector<Token> Line,
                                  ClangDiagnostics &Diags) {
  return PragmaParser(PP, Introducer, std::move(Line), Diags).parse();
}

} // namespace retrograd
