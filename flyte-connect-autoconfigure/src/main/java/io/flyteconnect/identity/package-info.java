/**
 * Who an execution runs as and which secrets it is given, in the words of Flyte's IDL,
 * and who Flyte takes the caller for.
 */
@NullMarked
package io.flyteconnect.identity;

import org.jspecify.annotations.NullMarked;
