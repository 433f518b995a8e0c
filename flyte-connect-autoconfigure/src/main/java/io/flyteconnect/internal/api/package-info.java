/**
 * What differs between the APIs of Flyte 1 and Flyte 2 where a connection itself calls
 * them: to ask how to log in, who the caller is, and whether Flyte answers.
 */
@NullMarked
package io.flyteconnect.internal.api;

import org.jspecify.annotations.NullMarked;
