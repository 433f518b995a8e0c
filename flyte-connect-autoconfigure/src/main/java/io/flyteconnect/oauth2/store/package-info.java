/**
 * Where the login of a connection is kept: in memory, in the application's database, in a
 * file.
 */
@NullMarked
package io.flyteconnect.oauth2.store;

import org.jspecify.annotations.NullMarked;
